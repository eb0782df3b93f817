"""What people wrote in a request, as lines of its page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from desk.disclosure.rules import Reason
from desk.sla.queries.promises import Told
from desk.sla.rules.kinds import ASKED, Standing
from desk.tickets.queries.portions import FileRow, Portions, UpdateRow
from desk.tickets.routes import telling
from desk.tickets.routes.asked import at_once, to_whom
from desk.tickets.routes.telling import Teller

Files = dict[int | None, list[tuple[str, str, int]]]
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
    unverified: bool = False  # of a letter that nobody vouches for; the label says so
    shape: str = "line"


def lines(request: Mapping[str, Any], found: Portions, by: Teller, *, handles: bool, asks: bool) -> list[Line]:
    """The request's own words first. `handles`, `asks`: what the reader is in it."""
    attached = _files(found.files)
    first = _first(request, attached, by, moves=handles or asks)
    return [first, *_others(request["number"], found, attached, by, moves=handles)]


def _others(number: int, found: Portions, attached: Files, by: Teller, *, moves: bool) -> list[Line]:
    updates, promises = found.updates, found.promises
    given = {promise.of_update: promise for promise in promises if promise.of_update}
    readable = {row["id"] for row in updates}
    corrections = _corrections(updates, readable, attached)
    spot = {(one.of_update, one.settled_at) for one in promises if at_once(one)}
    return [
        _line(
            row,
            _Beside(
                number=number,
                moves=moves or row["mine"],
                files=tuple(attached.get(row["id"], ())),
                given=given.get(row["id"]),
                corrections=tuple(corrections.get(row["id"], ())),
                at_once=(row["ask"], row["at"]) in spot,
            ),
            by,
        )
        for row in updates
        if row["corrects"] not in readable
    ]


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
        label=_badged(request, "", by),
        body=request["body"],
        unverified=request["unverified"],
        files=tuple(attached.get(None, ())),
        labels=_labels(request["number"], "request", request["tier"], moves=moves),
        removed=_removed(request, by),
        removed_at=request["removed_at"],
        removed_for=request["removed_for"] or "",
    )


def _labels(number: int, token: str, tier: int, *, moves: bool) -> str:
    """Where the tier of words is told: of those that are shut, and of those that the reader may move."""
    return f"/requests/{number}/labels/{token}" if tier > 1 or moves else ""


def _corrections(updates: list[UpdateRow], readable: set[int], attached: Files) -> dict[int, list[Correction]]:
    """By what they correct, whose files theirs stand with."""
    found: dict[int, list[Correction]] = {}
    for row in updates:
        if row["corrects"] in readable and row["removed_at"] is None:
            one = Correction(row["author"], row["at"], row["why"] or "", row["body"], row["disputed"])
            attached.setdefault(row["corrects"], []).extend(attached.get(row["id"], []))
            found.setdefault(row["corrects"], []).append(one)
    return found


class _Beside(Struct, frozen=True, kw_only=True):
    """What belongs to words and stands elsewhere."""

    number: int  # of the request
    moves: bool  # the reader may move their label
    files: tuple[tuple[str, str, int], ...]
    given: Told | None
    corrections: tuple[Correction, ...]
    at_once: bool  # signed on the spot


def _line(row: UpdateRow, of: _Beside, by: Teller) -> Line:
    return Line(
        token=row["token"],
        kind=row["kind"],
        author=row["author"],
        author_from=by.either(row, "from"),
        at=row["at"],
        tier=row["tier"],
        tier_dept=by.either(row, "owner") if row["tier"] >= 2 else "",
        note=not row["for_requester"],
        label=_badged(row, _label(row, of.given, by, at_once=of.at_once), by),
        body=row["body"],
        files=of.files,
        given=_given(of.given, by),
        given_kept=of.given is not None and of.given.state == Standing.KEPT,
        corrections=of.corrections,
        correct=_correct(of.number, row),
        labels=_labels(of.number, row["token"], row["tier"], moves=of.moves),
        withheld=row["withheld"] or "",
        unverified=row["unverified"],
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


def _badged(row: Mapping[str, Any], label: str, by: Teller) -> str:
    """From is a claim: whoever reads words that came by mail is told when nobody vouches for it. And whoever reads what
    is sealed is told that others do not know of it.
    """
    badges = [by.say(f"label_{badge}") for badge in ("sealed", "unverified") if row[badge]]
    return " · ".join(filter(None, (label, *badges)))


def _label(row: UpdateRow, given: Told | None, by: Teller, *, at_once: bool) -> str:
    if row["kind"] == "signed" and at_once:
        return by.say("label_signed_at_once")
    if row["withheld"]:
        return by.say("label_cannot_tell", reason=telling.reason(Reason(row["withheld"]), by.language))
    if row["kind"] == "ask" and given:
        return by.say("label_ask", name=to_whom(given, by))
    return by.say(f"label_{row['kind']}") if row["kind"] in _LABELLED else ""


def _files(files: list[FileRow]) -> Files:
    found: Files = {}
    for row in files:
        found.setdefault(row["of_update"], []).append((f"/files/{row['token']}", row["name"], row["size"]))
    return found
