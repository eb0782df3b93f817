"""Who may read, and who may no longer: labels that move, second persons, recusals, grants, words taken away."""

from datetime import date, datetime, timedelta

from desk import db
from desk.access.actions import answering, granting
from desk.access.queries import portions
from desk.demo.scene import Scene
from desk.demo.story import MOVES, Beat, Does
from desk.disclosure import actions as disclosure
from desk.disclosure import queries as labels
from desk.disclosure.actions import countersigns as seconds
from desk.disclosure.actions import grants
from desk.disclosure.queries import countersigns, recusals
from desk.disclosure.queries import grants as granted
from desk.disclosure.rules import Tier, read_reason
from desk.disclosure.rules.changes import REQUEST, Wish
from desk.disclosure.rules.reading import Channel, Shown
from desk.sla.queries import clocks
from desk.tickets import actions as tickets
from desk.tickets.queries import removals
from desk.tickets.queries.cases import Case

_SHUT = "select id from updates where ticket = $1 and tier >= 2"


async def act(case: Case, scene: Scene, beat: Beat, at: datetime) -> None:
    if beat.does in MOVES:
        await _move(scene, beat, at)
        return
    match beat.does:
        case Does.AGREES:
            asked = (await countersigns.waiting(case.writer.person))[-1]
            await disclosure.answer(asked, True, at=at, today=await _today(asked.owner, at))
        case Does.RECUSES:
            await disclosure.recuse(await recusals.standing(scene.number), case.writer.person, beat.why, at=at)
        case Does.WANTS_REMOVED:
            await tickets.ask_removal(case, scene.words, beat.reason, at=at)
        case Does.REMOVES:
            (wanted,) = await removals.removals(case)
            await tickets.agree_to_removal(case, wanted.token, at=at)
        case Does.READS:
            await _read(case, at)
        case _:
            await _let_in(case, scene, beat, at)


async def _let_in(case: Case, scene: Scene, beat: Beat, at: datetime) -> None:
    match beat.does:
        case Does.GRANTS if beat.to:
            refs = [one.ref for one in await portions.shut(scene.number)]
            until = await _later(case, beat, at)
            given = granting.Direct(to=scene.ids[beat.to], refs=refs, until=until, why=beat.why)
            await granting.give(case, given, roles=(), at=at)
        case Does.GRANTS:
            asked = await portions.named(await granted.asked_portions(scene.number))
            until = await _later(case, beat, at)
            answer = answering.Granting(refs=[one.ref for one in asked], until=until, why=beat.why)
            await answering.grant(case, answer, beat.words, roles=(), at=at)
        case Does.ENDS_GRANT:
            (live,) = await granted.live(scene.number)
            await grants.end_grant(live.token, at=at)
        case Does.EXTRACTS:
            extract = answering.Extract(tier=beat.tier or 0, body=beat.words, why=beat.why)
            await answering.extract(case, extract, beat.about, at=at)


async def _move(scene: Scene, beat: Beat, at: datetime) -> None:
    whole = beat.does in (Does.RAISES, Does.PROLONGS)
    portion = await labels.portion(scene.number, REQUEST if whole else scene.words, at=at)
    wish = Wish(reason=read_reason(beat.reason), sentence=beat.sentence or "", days=beat.term)
    today = await _today(portion.held.label.owner, at)
    match beat.does:
        case Does.RAISES:
            await disclosure.shut_further(portion, Tier(beat.tier or 0), wish, at=at, today=today)
        case Does.PROLONGS:
            await disclosure.prolong(portion, wish, at=at, today=today)
        case Does.MAKES_CORE:
            await disclosure.ask_for(seconds.CORE, portion, wish, beat.to, at=at, today=today)
        case Does.SEALS:
            await disclosure.ask_for(seconds.SEAL, portion, wish, beat.to, at=at, today=today)


async def _read(case: Case, at: datetime) -> None:
    updates = [row["id"] for row in await db.fetch(_SHUT, case.id)]
    shown = Shown(tickets=[case.id] if case.label.tier >= Tier.DEPARTMENT else [], updates=updates)
    if shown:
        await disclosure.note(shown, Channel.PAGE, at=at)


async def _later(case: Case, beat: Beat, at: datetime) -> date:
    return await _today(case.label.owner, at) + timedelta(days=beat.term or 0)


async def _today(owner: int, at: datetime) -> date:
    return (await clocks.clock(owner)).today(at)
