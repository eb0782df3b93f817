"""What was asked within a request, as its page tells it: to whom, by when, and what the reader may do about it."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from desk.catalog.rules import approvers
from desk.catalog.rules.approvers import CHOICES
from desk.i18n import either
from desk.sla.queries.promises import Told
from desk.sla.rules.kinds import ASKED, Kind, Standing
from desk.tickets.queries.cases import Case
from desk.tickets.queries.portions import Portions, UpdateRow
from desk.tickets.routes import telling
from desk.tickets.routes.telling import Line, Teller
from desk.tickets.rules import states
from desk.tickets.rules.asks import CHAIN, on_the_spot


class Asked(Struct, frozen=True, kw_only=True):
    """`yours`: sign, answer (for the department that is asked), back (a question was asked back), or nothing to do."""

    token: str
    head: str
    body: str
    line: Line
    yours: str
    recall: bool


def asked(found: Portions, case: Case, by: Teller) -> list[Asked]:
    """Asks that are open, the reader's own first; what only waits for others stands in the timeline."""
    owed = {one.of_update: one for one in found.promises if one.kind in ASKED and one.settled_at is None}
    shown = [_asked(row, owed[row["id"]], found, case, by) for row in found.updates if row["id"] in owed]
    return sorted((one for one in shown if one.yours or one.recall), key=lambda one: not one.yours)


def to_whom(promise: Told, by: Teller) -> str:
    return promise.person_name or either(by.language, promise.department_zh, promise.department_en)


def at_once(promise: Told) -> bool:
    signed = promise.settled_at if promise.kind is Kind.SIGN_OFF else None
    return signed is not None and on_the_spot(promise.started_at, signed)


def choices(row: Mapping[str, Any], found: Portions, case: Case, by: Teller) -> list[tuple[str, str]]:
    """Whom a handler may ask: by the service's chain, or a step of the line; other departments."""
    if case.label.tier > 3 or found.places is None:
        return []
    names = {place.code: either(by.language, place.zh, place.en) for place in found.places}
    steps: list[tuple[str, str]] = [(f"sign:{step}", by.say(f"ask_sign_{step}")) for step in CHOICES]
    if row["approvers"] not in ("[]", None):
        steps = [(f"sign:{CHAIN}", by.say("ask_sign_chain", steps=_chain(row, names, by)))]
    return steps + [(f"department:{code}", by.say("ask_department", department=name)) for code, name in names.items()]


def _chain(row: Mapping[str, Any], names: dict[str, str], by: Teller) -> str:
    return by.say("list_comma").join(step(one, names, by) for one in approvers.read(row["approvers"]))


def step(one: str, names: Mapping[str, str], by: Teller) -> str:
    code = approvers.head_of(one)
    return by.say(f"step_{one}") if code is None else by.say("step_head_of", department=names.get(code, code))


def _asked(row: UpdateRow, promise: Told, found: Portions, case: Case, by: Teller) -> Asked:
    yours = _yours(promise, found, case)
    last = [one for one in found.updates if one["ask"] == row["id"]]
    back = yours == "back" and last
    heads = {
        "sign": by.say("asked_sign", name=row["author"]),
        "answer": by.say("asked_help", name=row["author"], department=to_whom(promise, by)),
        "back": by.say("asked_you_back", name=last[-1]["author"] if last else ""),
    }
    return Asked(
        token=row["token"],
        head=heads.get(yours) or by.say("asked_waits", name=to_whom(promise, by)),
        body=last[-1]["body"] if back else row["body"],
        line=telling.line(promise, by),
        yours=yours,
        recall=not yours and case.actor.handles(case.department) and case.state in states.RUNNING,
    )


def _yours(promise: Told, found: Portions, case: Case) -> str:
    me = case.writer.person
    if promise.state == Standing.PAUSED:
        return "back" if case.actor.handles(case.department) else ""
    if me in (case.requester, case.handler):
        return ""
    if promise.kind is Kind.OLA:
        return "answer" if case.actor.handles(promise.department) else ""
    instead = {one.person for one in found.instead_of}
    return "sign" if promise.person in instead | {me} else ""
