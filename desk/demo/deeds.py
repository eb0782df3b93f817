"""One beat of a story as one action, in a transaction of whoever does it."""

from collections.abc import Sequence
from datetime import datetime

from desk import db
from desk.access.jobs import weigh_reading
from desk.demo import joining, letting
from desk.demo.days import Days
from desk.demo.papers import content
from desk.demo.scene import Scene, acting_on
from desk.demo.story import HANDLER, JOINS, LETS, WRITES, Beat, Does, Paper
from desk.sla.rules.policies import Priority
from desk.tickets import actions as tickets
from desk.tickets.actions.files import File, attach_to
from desk.tickets.actions.filing import Filing
from desk.tickets.actions.updates import Shut, Written
from desk.tickets.queries.cases import Case
from desk.tickets.rules.words import Expectation

_WORD = """
select token from promises where ticket = $1 and person = $2 and kind = 'expectation' and settled_at is null
"""


async def file(scene: Scene, at: datetime) -> None:
    story = scene.story
    fields = {name: _answer(words, scene.days) for name, words in story.fields.items()}
    async with acting_on(await _filer(scene), at):
        if story.made is not None:
            scene.number = await joining.file(scene, fields, at)
            return
        filing = Filing(
            title=story.title, body=story.body, service=story.service, fields=fields, tier=story.tier,
            reason=story.reason, term=story.term, channel=story.channel, requester=scene.ids[story.who],
        )  # fmt: skip
        scene.number = await tickets.file(filing, at=at)
        if story.files:
            await _attach(await scene.case(at), story.files, at)


async def _filer(scene: Scene) -> int:
    """A child is of whoever has its parent in hand."""
    who = scene.story.logged_by or scene.story.who
    return await (scene.others[scene.story.out_of] if who == HANDLER else scene).person(who)


async def play(scene: Scene, beat: Beat, at: datetime) -> None:
    async with acting_on(await scene.person(beat.who), at):
        written = await _do(await scene.case(at), scene, beat, at)
    scene.last = written or scene.last
    if beat.does is Does.READS:
        await weigh_reading(at)


async def _do(case: Case, scene: Scene, beat: Beat, at: datetime) -> Written | None:
    if beat.does in WRITES:
        return await _write(case, scene, beat, at)
    if beat.does in LETS:
        await letting.act(case, scene, beat, at)
    elif beat.does in JOINS:
        await joining.act(scene, beat, at)
    else:
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
    shut = Shut(beat.tier, beat.reason, beat.sentence, beat.term)
    match beat.does:
        case Does.ANSWERS:
            return await tickets.reply(case, beat.words, shut, at=at, answer=True)
        case Does.CANNOT_TELL:
            return await tickets.cannot_tell(case, beat.words, beat.reason, Shut(), at=at)
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
        case Does.CORRECTS:
            return await tickets.correct(case, scene.words, beat.words, beat.why, at=at)
    expectation = Expectation(scene.days.instant(beat.by or ""), beat.about)
    return await tickets.reply(case, beat.words, shut, at=at, expectation=expectation)


async def _attach(case: Case, papers: Sequence[Paper], at: datetime) -> None:
    await attach_to(case, [File(paper.name, content(paper.name, paper.text)) for paper in papers], at=at)


def _answer(words: str, days: Days) -> str:
    return days.day(words).isoformat() if words.startswith("@") else words
