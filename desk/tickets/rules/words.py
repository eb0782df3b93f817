"""What people write: limits, and the word that a reply of the desk must give."""

from datetime import datetime

from msgspec import Struct

from desk.i18n import Invalid, Sentence
from desk.journal.rules import Tag
from desk.sla.rules.renewals import FARTHEST

TITLE_LENGTH = 200
BODY_LENGTH = 20_000
LINE_LENGTH = 500
OBJECTIONS = (Tag.REQUEST_NOT_YET, Tag.REQUEST_REOPENED)  # after which a correction is no longer of one's own accord


class Expectation(Struct, frozen=True):
    """By when the next word comes, and what it will be about."""

    by: datetime
    text: str


def title(words: str) -> str:
    return _text("title", " ".join(words.split()), TITLE_LENGTH)


def body(words: str, *, field: str = "body") -> str:
    return _text(field, words.strip().replace("\r\n", "\n"), BODY_LENGTH)


def details(words: str) -> str:
    """What stands below the title of a request; a form that is filled in may say it all."""
    return body(words) if words.strip() else ""


def line(words: str, *, field: str) -> str:
    """One sentence: an outcome, a reason."""
    return _text(field, " ".join(words.split()), LINE_LENGTH)


def _text(field: str, words: str, most: int) -> str:
    if not words:
        raise Invalid({field: Sentence(f"tickets.{field}_needed")})
    if len(words) > most:
        raise Invalid({field: Sentence("tickets.too_long", most=most, length=len(words))})
    if "\x00" in words:
        raise Invalid({field: Sentence("tickets.bad_characters")})
    return words


def check_word(expectation: Expectation | None, answer: bool, *, now: datetime) -> None:
    """A reply of the desk gives a word: this is the answer, or by when the next one comes. Raises Invalid."""
    if expectation is None and not answer:
        raise Invalid({"expectation": Sentence("tickets.expectation_needed")})
    if expectation is not None and answer:
        raise Invalid({"expectation": Sentence("tickets.expectation_or_answer")})
    if expectation is not None and expectation.by <= now:
        raise Invalid({"expectation": Sentence("tickets.expectation_past")})
    if expectation is not None and expectation.by > now + FARTHEST:
        raise Invalid({"expectation": Sentence("tickets.expectation_far", days=FARTHEST.days)})
    if expectation is not None:
        line(expectation.text, field="expectation_text")


def quoted(words: str, quotes: list[tuple[str, str]]) -> str:
    """Own words, then what somebody wrote elsewhere, under the writer's name."""
    return "\n\n".join([*([words.strip()] if words.strip() else []), *(f"{name}：\n{body}" for name, body in quotes)])
