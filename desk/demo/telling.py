"""The story told: everything that anybody did, in the order of time, through the same actions as in real life."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from desk import clock, db
from desk.demo import cast, news, services
from desk.demo.days import Days
from desk.demo.deeds import file, play
from desk.demo.scene import Scene
from desk.demo.story import stories
from desk.i18n import Refused
from desk.sla import jobs as sla
from desk.sla.queries import clocks
from desk.tickets import jobs as tickets

Moment = tuple[datetime, Callable[[], Awaitable[None]]]


async def tell(password: str) -> tuple[int, int]:
    """(people, requests). Refused where there is anybody already."""
    now = clock.now()
    async with db.acting_as(db.NOBODY):
        if await db.call("select exists (select from people)"):
            raise Refused("demo.not_empty")
        ids = await cast.found(password)
        await services.offer()
        days = Days((await clocks.clock(ids["finance"])).compiled, now)
    named: dict[str, Scene] = {}
    scenes = [Scene(story, ids, days, named) for story in stories()]
    named |= {scene.story.name: scene for scene in scenes}
    for _, happen in moments(scenes, days):
        await happen()
    await _look(now)
    await _morning(now)
    await news.spread(read_until=days.instant(news.READ_UNTIL))
    return len(cast.PEOPLE), len(scenes)


def moments(scenes: list[Scene], days: Days) -> list[Moment]:
    """All that happens, by time, and the worker's looks in between; what happens at once in the order of the files."""
    found: list[Moment] = []
    for scene in scenes:
        at = scene.days.instant(scene.story.at)
        found.append((at, partial(file, scene, at)))
        for beat in scene.story.then:
            at = scene.days.instant(beat.at)
            found.append((at, partial(play, scene, beat, at)))
    looks = list(days.half_hours(min(at for at, _ in found)))
    mornings = {at.date(): at for at in reversed(looks)}.values()
    found += [(at, partial(_morning, at)) for at in mornings]
    found += [(at, partial(_look, at)) for at in looks]
    return sorted(found, key=lambda moment: moment[0])


async def _look(at: datetime) -> None:
    """What the worker does about the time: what is late is late at once."""
    await sla.sweep(at)


async def _morning(at: datetime) -> None:
    """What changes with the day, and silence, which accepts as of its own instant however late somebody looks."""
    await tickets.sweep(at)
    await tickets.open_words(at)
