"""A request as a conversation: what people wrote, what the desk noted, what may not be read; by day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from desk.disclosure.rules import Marker, Reason
from desk.journal.rules import Tag
from desk.sla.queries import renewals
from desk.sla.queries.promises import Told
from desk.sla.rules.kinds import ASKED, Standing
from desk.tickets.queries.portions import EventRow, FileRow, HopRow, Portions, UpdateRow
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
    Tag.LABEL_RAISED: "tier-3",
    Tag.LABEL_LOWERED: "eye",
    Tag.SEAL_ENDED: "eye",
    Tag.RECUSED: "user",
    Tag.RECUSAL_ENDED: "user",
    Tag.SIGN_OFF_PASSED_ON: "signature",
    Tag.ASK_RECALLED: "x",
    Tag.REQUEST_LINKED: "paperclip",
    Tag.REQUEST_UNLINKED: "x",
    Tag.CHILD_FILED: "layout-list",
    Tag.REQUEST_SPLIT: "copy",
    Tag.REQUEST_FOLLOWED: "arrow-right",
    Tag.REQUEST_MERGED: "inbox",
    Tag.REMOVAL_ASKED: "circle-help",
    Tag.WORDS_REMOVED: "x",
    Tag.REMOVAL_REFUSED: "rotate-ccw",
}
_RENEWALS: dict[str, str] = {
    Tag.RENEWAL_ASKED: "renewal_asked",
    Tag.PROMISE_RENEWED: "renewed",
    Tag.RENEWAL_REFUSED: "renewal_refused",
}
_LABELLED = ("note", "question", "outcome", "decline", "signed", "refused", "back", "answer", "extract")


class Correction(Struct, frozen=True):
    author: str
    at: datetime
    why: str
    body: str
    disputed: bool = False  # after somebody had objected


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
    files: tuple[tuple[str, str, int], ...]
    given: str = ""
    given_kept: bool = False
    corrections: tuple[Correction, ...] = ()
    correct: str = ""  # where own words are corrected
    labels: str = ""  # where its tier is told and moved
    withheld: str = ""  # of "I can't tell you": the class of reason, a code
    removed: str = ""  # then there is no body: who took it away and why, in a sentence
    removed_at: datetime | None = None
    removed_for: str = ""
    why: str = ""  # of an extract
    shape: str = "line"


class Event(Struct, frozen=True):
    icon: str
    text: str
    at: datetime
    opens: bool = False  # it comes before words of the same instant
    href: str = ""  # where something is to be decided
    shape: str = "event"


class Day(Struct, frozen=True):
    text: str
    shape: str = "day"


Shown = Line | Event | Day | MarkerLine
Files = dict[int | None, list[tuple[str, str, int]]]


def timeline(
    request: Mapping[str, Any], found: Portions, by: Teller, *, handles: bool, asks: bool
) -> list[Line | Event]:
    """Lines and events in the order in which they happened. `handles`, `asks`: what the reader is in this request."""
    attached, number = _files(found.files), request["number"]
    told: list[Line | Event] = [
        _first(request, attached, by, moves=handles or asks),
        *_lines(number, found, attached, by, moves=handles),
    ]
    said_at = {request["filed_at"], *(row["at"] for row in found.updates)}
    told += [
        _event(row, found, by)
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


def _first(request: Mapping[str, Any], attached: Files, by: Teller, *, moves: bool) -> Line:
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
        files=tuple(attached.get(None, ())),
        labels=_labels(request["number"], "request", request["tier"], moves=moves),
        removed=_removed(request, by),
        removed_at=request["removed_at"],
        removed_for=request["removed_for"] or "",
    )


def _labels(number: int, token: str, tier: int, *, moves: bool) -> str:
    """Where the tier of words is told: of those that are shut, and of those that the reader may move."""
    return f"/requests/{number}/labels/{token}" if tier > 1 or moves else ""


def _lines(number: int, found: Portions, attached: Files, by: Teller, *, moves: bool) -> list[Line]:
    updates, promises = found.updates, found.promises
    given = {promise.of_update: promise for promise in promises if promise.of_update}
    readable = {row["id"] for row in updates}
    corrections: dict[int, list[Correction]] = {}
    for row in updates:
        if row["corrects"] in readable and row["removed_at"] is None:
            one = Correction(row["author"], row["at"], row["why"] or "", row["body"], row["disputed"])
            attached.setdefault(row["corrects"], []).extend(attached.get(row["id"], []))
            corrections.setdefault(row["corrects"], []).append(one)
    spot = {(one.of_update, one.settled_at) for one in promises if at_once(one)}
    return [
        _line(
            row,
            tuple(attached.get(row["id"], ())),
            given.get(row["id"]),
            tuple(corrections.get(row["id"], ())),
            by,
            at_once=(row["ask"], row["at"]) in spot,
            number=number,
            moves=moves,
        )
        for row in updates
        if row["corrects"] not in readable
    ]


def _line(
    row: UpdateRow, files: tuple[tuple[str, str, int], ...], given: Told | None, corrected: tuple[Correction, ...],
    by: Teller, *, at_once: bool, number: int, moves: bool,
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
        correct=_correct(number, row),
        labels=_labels(number, row["token"], row["tier"], moves=moves or row["mine"]),
        withheld=row["withheld"] or "",
        removed=_removed(row, by),
        removed_at=row["removed_at"],
        removed_for=row["removed_for"] or "",
        why=(row["why"] or "") if row["kind"] == "extract" else "",
    )


def _correct(number: int, row: UpdateRow) -> str:
    own = row["mine"] and row["removed_at"] is None
    return f"/requests/{number}?correct={row['token']}#line-{row['token']}" if own else ""


def _removed(row: Mapping[str, Any], by: Teller) -> str:
    if row["removed_at"] is None:
        return ""
    day = by.times.date(by.times.local(row["removed_at"]).date())
    return by.say("words_removed", day=day, reason=telling.reason(Reason(row["removed_for"]), by.language))


def _given(promise: Told | None, by: Teller) -> str:
    """What is asked is not promised by whoever asks."""
    if promise is None:
        return ""
    word = telling.given(promise, by)
    return word if promise.kind in ASKED else by.say("given", word=word)


def _label(row: UpdateRow, given: Told | None, by: Teller, *, at_once: bool) -> str:
    if row["kind"] == "signed" and at_once:
        return by.say("label_signed_at_once")
    if row["withheld"]:
        return by.say("label_cannot_tell", reason=telling.reason(Reason(row["withheld"]), by.language))
    if row["kind"] == "ask" and given:
        return by.say("label_ask", name=to_whom(given, by))
    return by.say(f"label_{row['kind']}") if row["kind"] in _LABELLED else ""


def _event(row: EventRow, found: Portions, by: Teller) -> Event:
    tag = Tag(row["tag"])
    values = {name: by.either(row, name) for name in ("giving", "receiving")}
    values["priority"] = by.say(f"priority_{row['priority']}") if row["priority"] else ""
    if row["link"]:
        values |= {"link": by.say(f"link_{row['link']}"), "other": f"#{row['other']}"}
    of = next((one for one in found.promises if one.id == row["promise"]), None)
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
    if reason := _reason(row, of, found.hops):
        text += by.say("event_reason", reason=reason)
    href = "removals" if tag is Tag.REMOVAL_ASKED else ""
    return Event(ICONS[tag], text, row["at"], opens=tag in (Tag.REQUEST_TAKEN, Tag.REQUEST_ASSIGNED), href=href)


def _reason(row: EventRow, of: Told | None, hops: list[HopRow]) -> str | None:
    """Of a handover, and of what was said when a word was to move; it stands where it was given, not in the journal."""
    if row["tag"] == Tag.REQUEST_HANDED_OVER:
        return next((hop["reason"] for hop in hops if hop["since"] == row["at"]), None)
    kind = _RENEWALS.get(row["tag"])
    return renewals.words(of, kind, row["at"]) if of and kind else None


def _files(files: list[FileRow]) -> Files:
    found: Files = {}
    for row in files:
        found.setdefault(row["of_update"], []).append((f"/files/{row['token']}", row["name"], row["size"]))
    return found
