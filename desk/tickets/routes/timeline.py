"""A request as a conversation: what people wrote, what the desk noted, what may not be read; by day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from desk.disclosure.rules import Marker
from desk.journal.rules import Tag
from desk.sla.queries.promises import Told
from desk.sla.rules.kinds import ASKED, Standing
from desk.tickets.queries.portions import EventRow, FileRow, Portions, UpdateRow
from desk.tickets.routes import telling
from desk.tickets.routes.asked import at_once, to_whom
from desk.tickets.routes.telling import MarkerLine, Teller, marker

ICONS = {
    Tag.REQUEST_TAKEN: "handshake",
    Tag.REQUEST_ASSIGNED: "user",
    Tag.REQUEST_HANDED_OVER: "arrow-right-left",
    Tag.PRIORITY_SET: "star",
    Tag.FILES_ATTACHED: "file-text",
    Tag.REQUEST_ACCEPTED: "circle-check",
    Tag.ACCEPTANCE_LAPSED: "circle-check",
    Tag.REQUEST_NOT_YET: "rotate-ccw",
    Tag.REQUEST_REOPENED: "rotate-ccw",
    Tag.REQUEST_WITHDRAWN: "x",
    Tag.PAUSE_LAPSED: "bell",
    Tag.PROMISE_BROKEN: "state-broken",
    Tag.RENEWAL_ASKED: "calendar-clock",
    Tag.PROMISE_RENEWED: "handshake",
    Tag.RENEWAL_REFUSED: "x",
    Tag.WORDS_OPENED: "eye",
    Tag.SIGN_OFF_PASSED_ON: "signature",
    Tag.ASK_RECALLED: "x",
}
_LABELLED = ("note", "question", "outcome", "decline", "signed", "refused", "back", "answer", "extract")


class Correction(Struct, frozen=True):
    author: str
    at: datetime
    why: str
    body: str


class Line(Struct, frozen=True, kw_only=True):
    token: str
    kind: str
    author: str
    author_from: str
    at: datetime
    tier: int
    tier_dept: str
    note: bool
    label: str
    body: str
    files: list[tuple[str, str, int]]
    given: str = ""
    given_kept: bool = False
    corrections: list[Correction] = []
    mine: bool = False  # own words may be corrected
    why: str = ""  # of an extract
    shape: str = "line"


class Event(Struct, frozen=True):
    icon: str
    text: str
    at: datetime
    opens: bool = False  # it comes before words of the same instant
    shape: str = "event"


class Day(Struct, frozen=True):
    text: str
    shape: str = "day"


Shown = Line | Event | Day | MarkerLine


def timeline(request: Mapping[str, Any], found: Portions, by: Teller) -> list[Line | Event]:
    """Lines and events in the order in which they happened."""
    attached = _files(found.files)
    told: list[Line | Event] = [_first(request, attached, by), *_lines(found.updates, attached, found.promises, by)]
    said_at = {request["filed_at"], *(row["at"] for row in found.updates)}
    told += [
        _event(row, found.promises, by)
        for row in found.events
        if not (row["tag"] == Tag.FILES_ATTACHED and row["at"] in said_at)
    ]
    return sorted(told, key=lambda one: (one.at, _rank(one)))


def _rank(one: Line | Event) -> int:
    """Of what happened at one instant: the request, who took it, words (whoever replies first takes it), the rest."""
    if isinstance(one, Event):
        return 1 if one.opens else 3
    return 0 if one.kind == "request" else 2


def by_day(
    told: Iterable[Line | Event], markers: list[Marker], names: dict[int, str], by: Teller, *, number: int
) -> list[Shown]:
    """Each day under its name; markers at the end of their day, whatever hour the words have."""
    days: dict[date, list[Shown]] = {}
    for line in told:
        days.setdefault(by.times.local(line.at).date(), []).append(line)
    for one in markers:
        days.setdefault(one.day, []).append(marker(one, names, by, number=number))
    shown: list[Shown] = []
    for day in sorted(days):
        shown += [Day(by.times.day(day)), *days[day]]
    return shown


def _first(request: Mapping[str, Any], attached: dict[int | None, list[tuple[str, str, int]]], by: Teller) -> Line:
    return Line(
        token="request",
        kind="request",
        author=request["requester_name"],
        author_from=by.either(request, "from"),
        at=request["filed_at"],
        tier=request["tier"],
        tier_dept=by.either(request, "owner") if request["tier"] >= 2 else "",
        note=False,
        label="",
        body=request["body"],
        files=attached.get(None, []),
    )


def _lines(
    updates: list[UpdateRow], attached: dict[int | None, list[tuple[str, str, int]]], promises: list[Told], by: Teller
) -> list[Line]:
    given = {promise.of_update: promise for promise in promises if promise.of_update}
    readable = {row["id"] for row in updates}
    corrections: dict[int, list[Correction]] = {}
    for row in updates:
        if row["corrects"] in readable:
            one = Correction(row["author"], row["at"], row["why"] or "", row["body"])
            corrections.setdefault(row["corrects"], []).append(one)
    spot = {(one.of_update, one.settled_at) for one in promises if at_once(one)}
    return [
        _line(
            row,
            attached.get(row["id"], []),
            given.get(row["id"]),
            corrections.get(row["id"], []),
            by,
            at_once=(row["ask"], row["at"]) in spot,
        )
        for row in updates
        if row["corrects"] not in readable
    ]


def _line(
    row: UpdateRow, files: list[tuple[str, str, int]], given: Told | None, corrected: list[Correction], by: Teller,
    *, at_once: bool,
) -> Line:  # fmt: skip
    return Line(
        token=row["token"],
        kind=row["kind"],
        author=row["author"],
        author_from=by.either(row, "from"),
        at=row["at"],
        tier=row["tier"],
        tier_dept=by.either(row, "owner") if row["tier"] >= 2 else "",
        note=not row["for_requester"],
        label=_label(row, given, by, at_once=at_once),
        body=row["body"],
        files=files,
        given=_given(given, by),
        given_kept=given is not None and given.state == Standing.KEPT,
        corrections=corrected,
        mine=row["mine"],
        why=(row["why"] or "") if row["kind"] == "extract" else "",
    )


def _given(promise: Told | None, by: Teller) -> str:
    """What is asked is not promised by whoever asks."""
    if promise is None:
        return ""
    word = telling.given(promise, by)
    return word if promise.kind in ASKED else by.say("given", word=word)


def _label(row: UpdateRow, given: Told | None, by: Teller, *, at_once: bool) -> str:
    if row["kind"] == "signed" and at_once:
        return by.say("label_signed_at_once")
    if row["kind"] == "ask" and given:
        return by.say("label_ask", name=to_whom(given, by))
    return by.say(f"label_{row['kind']}") if row["kind"] in _LABELLED else ""


def _event(row: EventRow, promises: list[Told], by: Teller) -> Event:
    tag = Tag(row["tag"])
    values = {name: by.either(row, name) for name in ("giving", "receiving")}
    values["priority"] = by.say(f"priority_{row['priority']}") if row["priority"] else ""
    of = next((one for one in promises if one.id == row["promise"]), None)
    values |= {"until": by.when(row["until"]) if row["until"] else "", "what": (of and of.what) or ""}
    text = by.say(
        f"event_{tag.value}",
        by=row["by"] or "",
        handler=row["handler"] or "",
        recipient=row["recipient"] or "",
        **values,
    )
    for kind, old, due in row["dues"] or ():
        text += by.say("event_due", kind=by.say(f"kind_{kind}"), old=by.when(old), due=by.when(due))
    if of and tag is Tag.PROMISE_BROKEN:
        text = by.say("event_word_broken", word=telling.given(of, by))
    if row["reason"]:
        text += by.say("event_reason", reason=row["reason"])
    return Event(ICONS[tag], text, row["at"], opens=tag in (Tag.REQUEST_TAKEN, Tag.REQUEST_ASSIGNED))


def _files(files: list[FileRow]) -> dict[int | None, list[tuple[str, str, int]]]:
    found: dict[int | None, list[tuple[str, str, int]]] = {}
    for row in files:
        found.setdefault(row["of_update"], []).append((f"/files/{row['token']}", row["name"], row["size"]))
    return found
