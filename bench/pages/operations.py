"""What is measured: five things that people do all day, each with its bar (CPU ms at 100,000 requests)."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from bench.load import vocabulary as said
from bench.load.firm import LIN, WU
from bench.load.words import Pen
from bench.pages.site import Site
from desk import clock

_pen = Pen(random.Random(7))
_numbers = count()


@dataclass(frozen=True)
class Operation:
    name: str
    bar: float | None
    status: int
    request: Callable[[Site], str]
    shows: str = ""  # what the page must have ...
    at_least: int = 0  # ... so many times


def _queue(site: Site) -> str:
    return site.get("/queue", WU)


def _request(site: Site) -> str:
    return site.get(f"/requests/{site.long[next(_numbers) % len(site.long)]}", WU)


def _home(site: Site) -> str:
    return site.get("/", LIN)


def _file(site: Site) -> str:
    """With each department in turn: no department gets three thousand requests within minutes."""
    to = next(_numbers) % len(said.DEPARTMENTS)
    thing = said.SERVICES[to][0]
    return site.post(
        "/new", LIN,
        {"service": f"{said.DEPARTMENTS[to][0]}-1", "title": _pen.title(thing, 0), "fields.subject": "差旅",
         "fields.amount": "320.50", "body": _pen.request(0), "tier": "1", "reason": "", "sentence": ""},
    )  # fmt: skip


def _reply(site: Site) -> str:
    """In turn with a word about the next one and as the answer, so that a request's open promises do not pile up."""
    turn = next(_numbers)
    number = site.short[turn % len(site.short)]
    fields = {"kind": "reply", "body": _pen.update("reply", 0), "tier": "1", "reason": "", "sentence": ""}
    if turn // len(site.short) % 2:
        word = {"word": "answer", "expectation": "", "expectation_text": ""}
    else:
        by = clock.now() + timedelta(days=2)
        word = {"word": "until", "expectation": by.strftime("%Y-%m-%dT%H:%M"), "expectation_text": "核对结果"}
    return site.post(f"/requests/{number}/updates", WU, fields | word)


OPERATIONS = (
    Operation("queue", 8.0, 200, _queue, "/requests/", 50),
    Operation("request", 6.0, 200, _request, 'class="line', 15),
    Operation("home", None, 200, _home, "/requests/", 5),
    Operation("file", 10.0, 303, _file),
    Operation("reply", 8.0, 303, _reply),
)
