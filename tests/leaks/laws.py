"""N1 to N4, and how a difference says where it is."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from litestar import Litestar

from tests.leaks import filled
from tests.leaks.cast import Reader
from tests.leaks.hiding import OTHER, REWORDED, UNMARKED, UNSEALED, WHOLE, World
from tests.leaks.walk import Answer, Visitor, heard, log, number_in, paths, statements, visitor, walk, warm
from tests.leaks.worlds import Made, Worlds, inside, standing_clock

AGAINST = {"N1": OTHER.name, "N2": UNSEALED.name, "N3": UNMARKED.name}
# a day that stands there for its markers only, and the strip beside a list, go with the markers
_STRIP = re.compile(r'<section class="section contain" aria-labelledby="hidden">.*?</section>\n?', re.S)
_MARKER = re.compile(r'<li class="marker">.*?</li>\n*', re.S)
_DAY = re.compile(r'<li class="timeline__day">[^<]*</li>\n*(?=<li class="timeline__day">|</ol>)')
_CHANCE = re.compile(r"(?<!\d)\d{10}(?!\d)")
_JSON = re.compile(r'"markers":\[[^\]]*\]')


@dataclass(frozen=True)
class Difference:
    law: str
    reader: str
    route: str
    place: str
    line: str

    def __str__(self) -> str:
        return f"{self.law}: {self.reader} at {self.route} ({self.place}): {self.line}"


def compare(
    law: str, reader: str, place: dict[int, str], one: dict[str, Answer], two: dict[str, Answer]
) -> list[Difference]:
    found = []
    for route in dict.fromkeys([*one, *two]):
        if one.get(route) != two.get(route):
            number = number_in(route)
            where = place.get(number, "beside all") if number is not None else "lists"
            found.append(Difference(law, reader, route, where, first_line(one.get(route), two.get(route))))
    return found


def first_line(one: Answer | None, two: Answer | None) -> str:
    if one is None or two is None:
        return "answered in one world only"
    for n, (mine, theirs) in enumerate(zip_longest(one.lines(), two.lines())):
        if mine != theirs:
            at = next((i for i, (a, b) in enumerate(zip(mine or "", theirs or "", strict=False)) if a != b), 0)
            return f"line {n}: {(mine or '')[max(0, at - 60) : at + 60]!r} and {(theirs or '')[max(0, at - 60) : at + 60]!r}"
    return f"work: {sorted(set(one.work) ^ set(two.work))[:1] or 'other order or count'}"


def unmarked(route: str, answer: Answer) -> Answer:
    """Without markers, and without the figures that say of themselves that they count what one may not read."""
    body = _JSON.sub('"markers":[]', _MARKER.sub("", _STRIP.sub("", answer.body)))
    body = filled.FIGURES.sub("", _DAY.sub("", body))
    body = filled.COUNTED.sub("", body) if route.startswith(filled.REPORTED) else body
    if route.startswith(filled.REPORTED) and (".csv" in route or ".xlsx" in route):
        figures = ".xlsx" in route or any(part in route for part in filled.SHEETS)  # a workbook says what its CSV says
        body = "" if figures else filled.HIDDEN_LINES.sub("", body)
    body = re.sub(r"[\d.,%<–]+", "0", body) if route.startswith(filled.FIGURED) else body
    headers = tuple(pair for pair in answer.headers if pair[0] != "content-length")
    return replace(answer, body=body, headers=headers)


def _echoed(text: str, path: str) -> str:
    """What was asked for may come back as it was typed."""
    for typed in (*path.split("/"), str(number_in(path))):
        text = (
            text.replace(typed, "TYPED")
            if len(typed) > 3 and any(sign.isdigit() or sign == "-" for sign in typed)
            else text
        )
    return text


class Harness:
    def __init__(self, app: Litestar, worlds: Worlds) -> None:
        self.app, self.worlds = app, worlds
        self.told = worlds[WHOLE.name].told

    async def seen(self, made: Made, reader: Reader, wanted: Iterable[str] | None = None) -> dict[str, Answer]:
        """What is answered at the addresses that are `wanted` (all there are), what the stream says and what is logged."""
        with standing_clock(self.worlds.foundry.folder) as clock:
            clock.set(self.worlds.foundry.noon)
            async with inside(made.url):
                with log() as lines:
                    found = await self._walked(made, reader, self._of(reader, wanted))
                found["the log"] = Answer(0, (), "\n".join(lines))
                return found

    def _of(self, reader: Reader, wanted: Iterable[str] | None) -> list[str]:
        every = paths(self.told) if wanted is None else wanted
        return [path for path in every if not reader.is_told(path)]

    async def _walked(self, made: Made, reader: Reader, wanted: list[str]) -> dict[str, Answer]:
        at = visitor(self.app, made, reader)
        live = [path for path in wanted if path.startswith("/live")]
        found = await walk(at, [path for path in wanted if path not in live])
        if reader.cap == 4:
            found |= await heard(self.app, at, made, [number_in(path) or 0 for path in live])
        await at.leave()
        return found

    async def warm(self, made: Made, wanted: Iterable[str]) -> None:
        """Whoever may read all of it goes first."""
        with standing_clock(self.worlds.foundry.folder) as clock:
            clock.set(self.worlds.foundry.noon)
            async with inside(made.url):
                await warm(self.app, made, wanted)

    def differences(self, law: str, reader: Reader, one: dict[str, Answer], two: dict[str, Answer]) -> list[Difference]:
        """Two answers that hide nothing from each other may still both say it: that is a difference, too."""
        if law == "N1":
            said = self.said(reader.name, WHOLE, one) + self.said(reader.name, OTHER, two)
            one, two = (
                {route: a for route, a in seen.items() if not route.startswith(filled.FIGURED)} for seen in (one, two)
            )
            return said + compare(law, reader.name, self.told.places, one, two)
        if law == "N3":
            one, two = ({route: unmarked(route, answer) for route, answer in seen.items()} for seen in (one, two))
            away = {f"requests/{number}" for number in self.told.marked}
            one, two = ({r: a for r, a in seen.items() if not any(x in r for x in away)} for seen in (one, two))
        return compare(law, reader.name, self.told.places, one, two)

    async def figures(self, reader: Reader, whole: dict[str, Answer]) -> list[Difference]:
        """What counts hidden things says how many there are, and nothing of what they say."""
        wanted = [route for route in whole if route.startswith(filled.FIGURED)]
        other = await self.seen(self.worlds[REWORDED.name], reader, wanted)
        one, two = ({route: seen[route] for route in wanted if route in seen} for seen in (whole, other))
        return compare("N1", reader.name, self.told.places, one, two)

    def said(self, reader: str, world: World, seen: dict[str, Answer]) -> list[Difference]:
        """Hidden words that somebody was told."""
        found = []
        for route, answer in seen.items():
            for n, line in enumerate(answer.lines()):
                if any(word in line for word in world.words) or self._named(line, route):
                    place = self.told.places.get(number_in(route) or 0, "lists")
                    found.append(
                        Difference("N1", reader, route, place, f"line {n} says what is hidden: {line.strip()[:120]!r}")
                    )
                    break
        return found

    def _named(self, line: str, route: str) -> bool:
        """A number of chance that is hidden as a whole, told where nobody asked for it."""
        hidden = {*self.told.marked, *self.told.sealed} - {self.told.cited}
        return any(found not in route and int(found) in hidden for found in _CHANCE.findall(line))

    def outside(self, made: Made) -> list[Difference]:
        """What the executor is given and what is rung: ids only."""
        rung = {"jobs": made.jobs, "bells": [word for bell in made.bells for word in bell]}
        seen = {where: Answer(0, (), "\n".join(lines)) for where, lines in rung.items()}
        return self.said("nobody", made.world, seen)

    def markers(self, shown: Answer) -> list[tuple[object, ...]]:
        """The five facts of each marker of a request, as the API says them."""
        facts = [
            (one["tier"], one["department"], date.fromisoformat(one["day"]), one["reason"], date.fromisoformat(one["opens_on"]))
            for one in json.loads(shown.body)["markers"]
        ]  # fmt: skip
        return list(facts)

    async def against(
        self, law: str, reader: Reader, wanted: Iterable[str] | None = None, pair: tuple[Made, Made] | None = None
    ) -> list[Difference]:
        """What a reader sees of two worlds that should look the same."""
        first, second = pair or (self.worlds[WHOLE.name], self.worlds[AGAINST[law]])
        wanted = list(wanted) if wanted is not None else None
        return self.differences(
            law, reader, await self.seen(first, reader, wanted), await self.seen(second, reader, wanted)
        )

    async def never_issued(
        self, reader: Reader, doors: Iterable[tuple[str, str]] | None = None, made: Made | None = None
    ) -> list[Difference]:
        """N4: what is hidden, and what never was, at every door that takes a number or a token."""
        found: list[Difference] = []
        made = made or self.worlds[WHOLE.name]
        with standing_clock(self.worlds.foundry.folder) as clock, statements() as work:
            clock.set(self.worlds.foundry.noon)
            async with inside(made.url):
                at = visitor(self.app, made, reader)
                await at.prepare()
                for method, path in doors or filled.doors():
                    for hidden, never in filled.pairs(path, self.told, guest=reader.login == "guest"):
                        if reader.is_told(path):
                            continue
                        found += await self._twice(
                            at, reader, method, path.format(**hidden), path.format(**never), work
                        )
                await at.leave()
        return found

    async def _twice(
        self, at: Visitor, reader: Reader, method: str, hidden: str, never: str, work: Callable[[], list[str]]
    ) -> list[Difference]:
        answers = []
        for path in (hidden, never):
            work()
            answer = await (at.get(path) if method == "GET" else at.post(path))
            if answer is None:
                return []
            said = _echoed(answer.body, path)
            headers = tuple((name, _echoed(value, path)) for name, value in answer.headers)
            answers.append({f"{method} {hidden}": replace(answer, body=said, headers=headers, work=tuple(work()))})
        return compare("N4", reader.name, self.told.places, answers[0], answers[1])
