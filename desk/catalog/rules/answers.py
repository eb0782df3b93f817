"""What somebody answered to the questions of a form: read, or refused with a sentence for each question."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from desk.catalog.rules.service import Field, Kind
from desk.i18n import Invalid, Sentence, say

PREFIX = "fields."  # in front of a question's name: in our forms and in what is said about the API's body
Answer = str | int | bool
Answers = dict[str, Answer]

_SHORT, _LONG = 200, 4000  # characters
_BIGGEST = 10**16
_WHOLE = re.compile(r"-?\d{1,15}")
_MONEY = re.compile(r"[¥￥]?\s*(-?\d{1,3}(?:,\d{3}){0,4}|-?\d{1,13})(?:\.(\d{1,2}))?\s*元?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_YES, _NO = {"yes", "true", "on", "1"}, {"no", "false", "0"}


class _Fault(Exception):
    def __init__(self, key: str, **values: object) -> None:
        self.sentence = Sentence(f"catalog.{key}", **values)


def read_fields(form: Sequence[Field], typed: Mapping[str, object], *, prefix: str = PREFIX) -> Answers:
    """Answers by name: money in integer cents, dates as YYYY-MM-DD, a person as the login; unanswered ones are absent.

    `typed` comes from a form (texts, or lists of one) or from JSON; money is in yuan there. Raises Invalid with a
    sentence for every question at fault, under its name with the prefix.
    """
    known = {field.name for field in form}
    faults = {
        f"{prefix}{name}": Sentence("catalog.no_such_field", name=name[:60]) for name in typed if name not in known
    }
    answers: Answers = {}
    for field in form:
        try:
            answer = _read(field, _text(typed.get(field.name)))
        except _Fault as fault:
            faults[f"{prefix}{field.name}"] = fault.sentence
            continue
        if answer is not None:
            answers[field.name] = answer
    if faults:
        raise Invalid(faults)
    return answers


def people(form: Sequence[Field], answers: Answers) -> dict[str, str]:
    """Question -> login of the person named there. Whether there is such a person, the directory knows."""
    return {
        field.name: str(answers[field.name]) for field in form if field.kind is Kind.PERSON and field.name in answers
    }


def shown(field: Field, answer: Answer, language: str) -> str:
    """An answer as a person reads it. A choice that is no longer offered is shown as it was stored."""
    match field.kind:
        case Kind.MONEY:
            return f"¥{Decimal(int(answer)) / 100:,.2f}"
        case Kind.NUMBER:
            return f"{answer:,}"
        case Kind.YES_NO:
            return say(language, "catalog.yes" if answer else "catalog.no")
        case Kind.CHOICE:
            return next((one.label(language) for one in field.choices if one.value == answer), str(answer))
    return str(answer)


def _text(raw: object) -> str:
    """One text of what a form or JSON sent; a number of any size is refused where it is read."""
    match raw:
        case None:
            return ""
        case bool():
            return "yes" if raw else "no"
        case str():
            return raw.replace("\r\n", "\n").strip()
        case int() | float():
            return str(raw) if abs(raw) < _BIGGEST else "-"
        case []:
            return ""
        case [one] if not isinstance(one, list):
            return _text(one)
    raise _Fault("one_value")


def _read(field: Field, text: str) -> Answer | None:
    if not text:
        if field.required:
            raise _Fault("answer_needed")
        return None
    readers: dict[Kind, Callable[[Field, str], Answer]] = {
        Kind.TEXT: _short,
        Kind.LONG: _long,
        Kind.NUMBER: _number,
        Kind.MONEY: _money,
        Kind.DATE: _date,
        Kind.CHOICE: _choice,
        Kind.YES_NO: _yes_no,
        Kind.PERSON: _person,
    }
    return readers[field.kind](field, text)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _short(_: Field, text: str) -> str:
    if "\n" in text:
        raise _Fault("one_line")
    return _within(text, _SHORT)


def _long(_: Field, text: str) -> str:
    return _within(text, _LONG)


def _within(text: str, most: int) -> str:
    if len(text) > most:
        raise _Fault("too_long", most=most, length=len(text))
    return text


def _number(_: Field, text: str) -> int:
    digits = _narrow(text).replace(",", "")
    if not _WHOLE.fullmatch(digits):
        raise _Fault("whole_number")
    return int(digits)


def _money(_: Field, text: str) -> int:
    found = _MONEY.fullmatch(_narrow(text))
    if not found:
        raise _Fault("money")
    yuan, cents = int(found[1].replace(",", "")), int((found[2] or "").ljust(2, "0"))
    if found[1].startswith("-") or yuan + cents == 0:
        raise _Fault("money_more_than_nothing")
    return yuan * 100 + cents


def _date(_: Field, text: str) -> str:
    words = _narrow(text)
    try:
        found = date.fromisoformat(words) if _DATE.fullmatch(words) else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2200:
        raise _Fault("date")
    return found.isoformat()


def _choice(field: Field, text: str) -> str:
    if not any(one.value == text for one in field.choices):
        raise _Fault("choice")
    return text


def _yes_no(_: Field, text: str) -> bool:
    word = text.casefold()
    if word not in _YES | _NO:
        raise _Fault("yes_or_no")
    return word in _YES


def _person(_: Field, text: str) -> str:
    login = _narrow(text).casefold()
    if not _LOGIN.fullmatch(login):
        raise _Fault("person", login=text[:60])
    return login
