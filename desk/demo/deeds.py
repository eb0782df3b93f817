"""One beat of a story as one action, in a transaction of whoever does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk import db
from desk.db import Reader
from desk.demo.days import Days
from desk.demo.papers import content
from desk.demo.story import HANDLER, WRITES, Beat, Does, Paper, Story
from desk.sla.rules.policies import Priority
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, attach_to
from desk.tickets.actions.filing import Filing
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries.cases import Case, case
from desk.tickets.rules.words import Expectation

_WORD = """
select token from promises where ticket = $1 and person = $2 and kind = 'expectation' and settled_at is null
"""


@dataclass
class Scene:
    """A story on its way. `ids` holds people by login and departments by code."""

    story: Story
    ids: dict[str, int]
    days: Days
    number: int = 0
    last: Written | None = None  # the words that a correction corrects


async def file(scene: Scene, at: datetime) -> None:
    story = scene.story
    fields = {name: _answer(words, scene.days) for name, words in story.fields.items()}
    filing = Filing(
        title=story.title, body=story.body, service=story.service, fields=fields, tier=story.tier,
        reason=story.reason, channel=story.channel, requester=scene.ids[story.who],
    )  # fmt: skip
    async with db.acting_as(Reader(scene.ids[story.logged_by or story.who])):
        scene.number = await tickets.file(filing, at=at)
        if story.files:
            await _attach(await case(scene.number, at=at), story.files, at)


async def play(scene: Scene, beat: Beat, at: datetime) -> None:
    async with db.acting_as(Reader(await _person(scene, beat.who))):
        written = await _do(await case(scene.number, at=at), scene, beat, at)
    scene.last = written or scene.last


async def _do(case: Case, scene: Scene, beat: Beat, at: datetime) -> Written | None:
    if beat.does in WRITES:
        return await _write(case, scene, beat, at)
    await _act(case, scene, beat, at)
    return None


async def _act(case: Case, scene: Scene, beat: Beat, at: datetime) -> None:
    match beat.does:
        case Does.ATTACHES:
            await _attach(case, [Paper(beat.file, beat.text)], at)
        case Does.ASKS_LATER:
            word = await db.call(_WORD, case.id, case.writer.person)
            await tickets.ask_renewal(case, word, scene.days.instant(beat.by or ""), beat.why, at=at)
        case Does.HANDS_OVER:
            await tickets.hand_over(case, scene.ids[beat.to], beat.why, at=at)
        case Does.PRIORITISES:
            await tickets.set_priority(case, Priority.CRITICAL, beat.why, at=at)
        case Does.RESOLVES:
            await tickets.resolve(case, beat.words, at=at)
        case Does.DECLINES:
            await tickets.decline(case, beat.words, at=at)
        case Does.ACCEPTS:
            await tickets.accept(case, at=at)
        case Does.REOPENS:
            await tickets.reopen(case, beat.words, at=at)
        case Does.WITHDRAWS:
            await tickets.withdraw(case, at=at)
        case Does.WATCHES:
            await tickets.watch(case, at=at)


async def _write(case: Case, scene: Scene, beat: Beat, at: datetime) -> Written:
    shut = Shut(beat.tier, beat.reason, beat.sentence)
    match beat.does:
        case Does.ANSWERS:
            return await tickets.reply(case, beat.words, shut, at=at, answer=True)
        case Does.NOTES:
            return await tickets.note(case, beat.words, shut, at=at)
        case Does.ASKS:
            return await tickets.ask(case, beat.words, shut, at=at)
        case Does.ASKS_FOR if beat.to in scene.ids:
            return await tickets.ask_department(case, scene.ids[beat.to], beat.words, shut, at=at)
        case Does.ASKS_FOR:
            return await tickets.ask_to_sign(case, beat.to, beat.words, shut, at=at)
        case Does.SAYS:
            return await tickets.message(case, beat.words, shut, at=at)
        case Does.CORRECTS if scene.last:
            return await tickets.correct(case, scene.last.token, beat.words, beat.why, at=at)
    expectation = Expectation(scene.days.instant(beat.by or ""), beat.about)
    return await tickets.reply(case, beat.words, shut, at=at, expectation=expectation)


async def _attach(case: Case, papers: Sequence[Paper], at: datetime) -> None:
    await attach_to(case, [File(paper.name, content(paper.name, paper.text)) for paper in papers], at=at)


async def _person(scene: Scene, who: str) -> int:
    if who != HANDLER:
        return scene.ids[who]
    async with db.acting_as(Reader(scene.ids[scene.story.who]), writing=False):
        handler: int = await db.call("select handler from tickets where number = $1", scene.number)
    return handler


def _answer(words: str, days: Days) -> str:
    return days.day(words).isoformat() if words.startswith("@") else words
