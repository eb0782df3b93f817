"""Requests that come out of others, and links between those that are there."""

from datetime import date, datetime

from desk import db
from desk.access.actions import asking
from desk.access.actions.asking import Wanted
from desk.demo.scene import Scene
from desk.demo.story import Beat, Does, Made
from desk.disclosure.queries import OF_UPDATES, marker, of_request
from desk.disclosure.rules import Marker, facts
from desk.tickets import actions as tickets
from desk.tickets.actions.splitting import Draft
from desk.tickets.queries import cases


async def file(scene: Scene, fields: dict[str, str], at: datetime) -> int:
    """The number of what comes out of another request."""
    story, of = scene.story, scene.others[scene.story.out_of]
    if story.made is Made.ACCESS:
        asked = facts(await _shut_in(of, story.tier, at), of.number)
        until = date.fromisoformat(fields["until"])
        return await asking.ask(Wanted(asked=asked, title=story.title, why=story.body, until=until), at=at)
    case = await cases.held(of.number, at=at)
    draft = Draft(title=story.title, body=story.body, service=story.service, fields=dict(fields))
    match story.made:
        case Made.CHILD:
            return await tickets.file_child(case, draft, at=at, blocks=True)
        case Made.SPLIT:
            return await tickets.split(case, draft, [of.words], at=at)
    return await tickets.follow(case, draft, at=at)


async def act(scene: Scene, beat: Beat, at: datetime) -> None:
    case, other = await cases.both(scene.number, scene.others[beat.to].number, at=at)
    if beat.does is Does.MERGES:
        await tickets.merge(case, other, at=at)
    else:
        await tickets.link(case, other, beat.about, at=at)


async def _shut_in(of: Scene, tier: int | None, at: datetime) -> Marker:
    """What a marker tells the reader: in place of the request, or of words under it."""
    whole = await of_request(of.number)
    if whole is not None:
        return whole
    case = await of.case(at)
    markers = [marker(row) for row in await db.fetch(OF_UPDATES, case.id)]
    return next(one for one in markers if one.tier == tier)
