"""What the letter of a week says: figures and addresses alone, no title of a request."""

from collections.abc import Iterator

from msgspec import Struct

from desk.i18n import say
from desk.outbox.rules.said import joined
from desk.reports.rules.rates import LEAST, Rate, per_cent


class Fact(Struct, frozen=True):
    name: str
    text: str


class Weekly(Struct, frozen=True, kw_only=True):
    language: str
    greeting: str
    days: str
    failures: str  # first of all
    failures_link: str
    facts: tuple[Fact, ...]
    link: str
    often: str  # where one says that one wants none


def text(said: Weekly) -> str:
    return joined(_blocks(said), said.language, said.often)


def share(rate: Rate, language: str) -> str:
    """97.2% (95.1%–98.4%), n 251; too few for a share are told as that."""
    if not rate.told:
        return say(language, "reports.letter_few", n=f"<{LEAST}" if rate.n else "0")
    low, high = rate.interval
    return f"{per_cent(rate.tenths)} [{per_cent(int(1000 * low))}–{per_cent(int(1000 * high))}] n {rate.n:,}"


def _blocks(said: Weekly) -> Iterator[str]:
    yield said.greeting
    yield said.days
    yield f"{said.failures}\n{said.failures_link}"
    yield "\n".join(f"{fact.name}{say(said.language, 'reports.letter_colon')}{fact.text}" for fact in said.facts)
    yield f"{say(said.language, 'reports.letter_open')}\n{said.link}"
