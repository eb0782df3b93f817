"""The page of a request."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from litestar import Response, get
from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from desk import db
from desk.catalog.rules import answers as questions
from desk.catalog.rules.service import Field
from desk.directory import queries as directory
from desk.disclosure import queries as disclosure
from desk.disclosure.rules import Reason
from desk.disclosure.rules.reading import Channel
from desk.i18n import NotFound, either, say
from desk.sla.queries.promises import Told
from desk.sla.rules.kinds import ASKED, Standing
from desk.tickets.queries import cases, show
from desk.tickets.queries.cases import Case
from desk.tickets.queries.portions import HopRow, Portions
from desk.tickets.queries.whole import answers, shut, whole
from desk.tickets.routes import reading, telling
from desk.tickets.routes.asked import asked, choices
from desk.tickets.routes.foreseen import foreseen
from desk.tickets.routes.lines import Line
from desk.tickets.routes.moves import moves
from desk.tickets.routes.telling import Teller, teller
from desk.tickets.routes.timeline import ICONS, Event, by_day, timeline
from desk.tickets.rules import files, may
from desk.tickets.rules.states import State
from desk.web import cursor, forms
from desk.web.forms import Form
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks

Token = Annotated[str, QueryParameter(max_length=24)]
Number = Annotated[int, PathParameter(ge=1, le=2**53)]
TAGS = [tag.value for tag in ICONS]


class Shown(Struct, frozen=True, kw_only=True):
    number: int
    mark: str  # what the live stream compares with
    title: str
    tier: int
    tier_dept: str
    state: str
    state_word: str
    requester: str
    requester_from: str
    handler: str
    department: str
    service: str
    logged: str
    answers: list[tuple[str, str]]
    watching: bool
    priority: str
    critical: bool  # carries a critical target
    mine: bool  # the reader asked for it
    access: bool  # it asks for access to other words


class Composer(Struct, frozen=True, kw_only=True):
    form: Form
    kinds: list[tuple[str, str]]
    to: str
    tiers: list[tuple[str, str]]
    reasons: list[tuple[str, str]]
    wants_word: bool
    asks: list[tuple[str, str]]
    own: list[tuple[str, str]]  # words that one may call wrong: (token, how they begin)
    max_bytes: int = files.BYTES
    count: int = files.FILES
    size: str = "25 MB"


@get("/requests/{number:int}", include_in_schema=False)
async def request_page(request: AnyRequest, reader: Asks, number: Number, correct: Token = "") -> Response[str]:
    """`?correct=` opens the form under those words, if they are the reader's own."""
    return await shown(request, reader, number, correcting=correct)


async def shown(
    request: AnyRequest,
    reader: db.Reader,
    number: int,
    *,
    status: int = 200,
    act: str = "",
    refused: Form | None = None,
    composed: Form | None = None,
    correcting: str = "",
) -> Response[str]:
    """The whole page, also when an action was refused: then with the typed words still in their form."""
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        try:
            context = await _context(number, by, composed)
        except NotFound:
            return await _hidden(request, number, by)
    await reading.note(reader, context["shut"], Channel.PAGE, at=by.times.now)
    correcting = refused.value("token") if refused and act == "correction" else correcting
    context |= {"correcting": correcting, "act": act, "act_form": refused or forms.blank(), "untouched": forms.blank()}
    return page(request, "tickets/show.html", fragment="live", status=status, **context)


async def _hidden(request: AnyRequest, number: int, by: Teller) -> Response[str]:
    """A marker when there may be one; else the one refusal, the same as for what was never filed."""
    found = await disclosure.of_request(number)
    if found is None:
        raise NotFound
    line = telling.marker(found, await department_names(by), by, number=number)
    return page(request, "tickets/hidden.html", status=403, number=number, line=line)


async def _context(number: int, by: Teller, composed: Form | None) -> dict[str, Any]:
    row, found = await whole(number, at=by.times.now, tags=TAGS)
    case = cases.case_in(row, db.reader().person or 0)
    names = await department_names(by) if found.markers else {}
    allowed = may.may(case.actor, _standing(case), at=by.times.now)
    first, rest = _first(found.promises)
    return {
        "shut": shut(row, found),
        "r": _request(row, found, by),
        "may": allowed,
        "timeline": by_day(_told(row, found, case, allowed, by), found.markers, names, by, number=number),
        "promise": await telling.panel(first, by) if first else None,
        "promises": telling.lines(rest, by),
        "moves": moves(found.promises, case, found.colleagues, by),
        "foreseen": "" if case.actor.guest else await foreseen(row, found, by),
        **_asks(row, found, case),
        "asked": asked(found, case, by),
        **_hands(row, found.hops, by),
        "composer": _composer(row, found, case, allowed, by, composed),
        **_choices(case, found, by),
    }


def _told(row: Any, found: Portions, case: Case, allowed: set[str], by: Teller) -> list[Line | Event]:
    asks = case.requester == case.writer.person
    return timeline(row, found, by, handles="answer" in allowed, asks=asks)


def _first(promises: list[Told]) -> tuple[Told | None, list[Told]]:
    """What is owed next stands big; when nothing is owed, everything stands in the list."""
    owed = [promise for promise in promises if promise.settled_at is None and promise.kind not in ASKED]
    running = [promise for promise in owed if promise.state != Standing.PAUSED] or owed
    first = running[0] if running else None
    return first, [promise for promise in promises if promise is not first]


def _request(row: Mapping[str, Any], found: Portions, by: Teller) -> Shown:
    logged = row["logged_name"] and by.say(
        "logged_by", name=row["logged_name"], channel=by.say(f"came_{row['channel']}")
    )
    return Shown(
        number=row["number"],
        mark=cursor.seal("request", row["newest"]),
        title=row["title"],
        tier=row["tier"],
        tier_dept=by.either(row, "owner") if row["tier"] >= 2 else "",
        state=row["state"],
        state_word=by.say(f"state_{row['state']}"),
        requester=row["requester_name"],
        requester_from=by.either(row, "from"),
        handler=row["handler_name"] or "",
        department=by.either(row, "department"),
        service=by.either(row, "service"),
        logged=logged or "",
        answers=_answers(row, found.form or (), by),
        watching=row["watching"],
        priority=row["priority"],
        critical=row["critical"],
        mine=row["requester"] == db.reader().person,
        access=row["channel"] == "access",
    )


def _answers(row: Any, form: Sequence[Field], by: Teller) -> list[tuple[str, str]]:
    known = {field.name: field for field in form}
    return [
        (known[name].label(by.language), questions.shown(known[name], value, by.language))
        if name in known
        else (name, str(value))
        for name, value in answers(row).items()
    ]


def _asks(row: Any, found: Portions, case: Case) -> dict[str, Any]:
    """What the requester is to answer or to judge: the last question, the last outcome."""
    last = {one["kind"]: one for one in found.updates}
    asked = case.state is State.WAITING and case.writer.person == case.requester
    outcome = last.get("outcome") if row["state"] == State.RESOLVED else None
    return {"question": last.get("question") if asked else None, "outcome": outcome["body"] if outcome else ""}


def _hands(row: Any, rows: list[HopRow], by: Teller) -> dict[str, Any]:
    end = row["ended_at"] or by.times.now
    names = {one["department"]: by.either(one, "department") for one in rows if one["department"]}
    names_of = {"requester": row["requester_name"], "nobody": by.say("nobody")}
    held = show.held(rows, end)
    hands = [(names[of] if of else names_of[holder], by.times.span(seconds)) for (holder, of), seconds in held.items()]
    return {"hands": hands, "hands_total": by.times.span(end - row["filed_at"])}


def _composer(
    row: Any, found: Portions, case: Case, allowed: set[str], by: Teller, composed: Form | None
) -> Composer | None:
    own = _own(found)
    kinds = [(kind, by.say(f"compose_{kind}")) for kind in may.kinds(allowed, corrects=bool(own))]
    if not kinds:
        return None
    least = max(case.label.tier.value, 1) if case.label.tier else 0
    highest = 3 if case.actor.handles(case.department) or case.writer.person == case.requester else 2
    usual = "note" in dict(kinds) and least < 2
    return Composer(
        form=composed or forms.blank(tier="" if usual else str(least)),
        kinds=kinds,
        to=row["requester_name"] if "answer" in allowed else by.say("colleagues"),
        tiers=[*([("", by.say("tier_by_kind"))] if usual else []), *_named(by, tiers(by, least, highest))],
        reasons=reasons(by),
        wants_word="answer" in allowed,
        asks=choices(row, found, case, by) if "ask" in dict(kinds) else [],
        own=own,
    )


def _own(found: Portions) -> list[tuple[str, str]]:
    """Own words that may be corrected, the newest first, by how they begin."""
    own = [one for one in found.updates if one["mine"] and one["corrects"] is None and one["removed_at"] is None]
    return [(one["token"], " ".join(one["body"].split())[:60]) for one in reversed(own)]


def _named(by: Teller, options: list[tuple[int, str]]) -> list[tuple[str, str]]:
    def tier(n: int) -> str:
        return say(by.language, f"disclosure.tier_{n}")

    return [(str(n), say(by.language, "web.tier_option", tier=tier(n), readers=words)) for n, words in options]


def tiers(by: Teller, least: int, highest: int = 3) -> list[tuple[int, str]]:
    return [(n, say(by.language, f"disclosure.readers_{n}")) for n in range(least, highest + 1)]


def reasons(by: Teller) -> list[tuple[str, str]]:
    return [(code.value, telling.reason(code, by.language)) for code in Reason]


async def department_names(by: Teller) -> dict[int, str]:
    return {one.id: one.name(by.language) for one in await directory.departments(closed=True)}


def _choices(case: Case, found: Portions, by: Teller) -> dict[str, list[tuple[str, str]]]:
    there = (case.handler, case.requester)
    return {
        "departments": [(one.code, either(by.language, one.zh, one.en)) for one in found.places or ()],
        "colleagues": [(one.login, one.name) for one in found.colleagues or () if one.id not in there],
    }


def _standing(case: Case) -> may.Standing:
    return may.Standing(
        department=case.department,
        requester=case.requester,
        handler=case.handler,
        state=case.state,
        ended_at=case.ended_at,
    )
