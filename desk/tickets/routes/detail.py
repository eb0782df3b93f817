"""One request as JSON: what the reader may read, and markers of the rest."""

from datetime import datetime
from typing import Any

from desk import settings
from desk.disclosure import queries as disclosure
from desk.disclosure.actions import note
from desk.disclosure.rules import Marker
from desk.disclosure.rules.reading import Channel, Shown
from desk.i18n import Forbidden, NotFound, either
from desk.sla.queries import clocks, renewals
from desk.sla.queries import promises as ledger
from desk.sla.queries.promises import Told
from desk.sla.rules import why
from desk.tickets.queries.whole import answers, shut, whole
from desk.tickets.routes import shapes, telling
from desk.tickets.routes.lines import Line
from desk.tickets.routes.show import TAGS, department_names
from desk.tickets.routes.telling import Teller
from desk.tickets.routes.timeline import Event, timeline


class Marked(Forbidden):
    """A request that may not be read, though it may be known that it is there."""

    def __init__(self, marker: shapes.MarkerShown) -> None:
        super().__init__("tickets.marked", marker=marker.text)
        self.marker = marker
        self.link = f"{telling.ASK}{marker.ask}"


async def afterwards(number: int, by: Teller) -> shapes.RequestShown | shapes.Away:
    """The request after an action on it. That it may be read no more is no reason to undo the action."""
    try:
        told, words = await detail(number, by)
    except (Marked, NotFound) as refusal:
        markers = [refusal.marker] if isinstance(refusal, Marked) else []
        return shapes.Away(number=number, url=_url(number), text=by.say("done_and_away"), markers=markers)
    if words:
        await note(words, Channel.API, at=by.times.now)
    return told


async def detail(number: int, by: Teller) -> tuple[shapes.RequestShown, Shown]:
    """And what of it is to be written down before it is sent.

    Raises Marked, or NotFound for what does not exist and for what may not be known, alike.
    """
    try:
        row, found = await whole(number, at=by.times.now, tags=TAGS)
    except NotFound:
        marked = await disclosure.of_request(number)
        if marked is None:
            raise
        raise Marked(_marker(marked, number, await department_names(by), by)) from None
    names = await department_names(by) if found.markers else {}
    told = _request(
        row, by,
        promises=[await _promise(promise, by) for promise in found.promises],
        timeline=[_entry(line) for line in timeline(row, found, by, handles=False, asks=False)],
        markers=[_marker(one, number, names, by) for one in found.markers],
    )  # fmt: skip
    return told, shut(row, found)


def _request(row: Any, by: Teller, **parts: Any) -> shapes.RequestShown:
    return shapes.RequestShown(
        number=row["number"],
        url=_url(row["number"]),
        title=row["title"],
        body=row["body"],
        fields=answers(row),
        state=row["state"],
        tier=row["tier"],
        reason=row["reason"],
        priority=row["priority"],
        critical=row["critical"],
        service=shapes.Named(row["service_code"], by.either(row, "service")),
        department=by.either(row, "department"),
        requester=row["requester_name"],
        requesting_department=by.either(row, "from"),
        handler=row["handler_name"],
        channel=row["channel"],
        filed_at=row["filed_at"],
        resolved_at=row["resolved_at"],
        ended_at=row["ended_at"],
        **parts,
    )


def _url(number: int) -> str:
    return f"{settings.current().base_url}/requests/{number}"


async def _promise(promise: Told, by: Teller) -> shapes.PromiseShown:
    department = either(by.language, promise.department_zh, promise.department_en)
    moved = renewals.moved(promise)
    giver, facts = await clocks.version(promise.calendar), await ledger.facts(promise, by.times.now)
    told: dict[str, Any] = {"language": by.language, "zone": by.times.zone, "now": by.times.now}
    told |= {"promisor": giver.name(by.language), "kind": promise.kind}
    return shapes.PromiseShown(
        id=promise.token,
        kind=promise.kind,
        state=promise.state,
        text=promise.what,
        department=department,
        person=promise.person_name,
        promisee=promise.promisee_name,
        started_at=promise.started_at,
        due_at=promise.due_at,
        first_due_at=moved.first_due if moved else None,
        renewal=_renewal(promise, by.times.now),
        settled_on=giver.today(promise.settled_at) if promise.settled_at else None,
        at_risk=promise.at_risk,
        why=why.line(facts, promise.due_at, **told),
        steps=why.sentences(facts, **told) + telling.moved_on(promise, giver, by),
    )


def _renewal(promise: Told, at: datetime) -> shapes.RenewalShown | None:
    """A question that was not answered before the due is none any more."""
    asked = renewals.asked(promise)
    if asked is None or promise.settled_at is not None or promise.due_at <= at:
        return None
    return shapes.RenewalShown(asked.until, asked.name, asked.words)


def _entry(line: Line | Event) -> shapes.Entry:
    if isinstance(line, Event):
        return shapes.Entry(type="event", at=line.at, text=line.text)
    return shapes.Entry(
        type="words",
        at=line.at,
        id=line.token,
        kind=line.kind,
        author=line.author,
        tier=line.tier,
        body=line.body,
        given=line.given or None,
        withheld=line.withheld or None,
        unverified=line.unverified,
        removed=shapes.Removed(line.removed_at, line.removed_for) if line.removed_at else None,
        corrections=[
            {"author": c.author, "at": c.at, "why": c.why, "body": c.body, "disputed": c.disputed}
            for c in line.corrections
        ],
        files=[{"url": f"/api{href}", "name": name, "size": size} for href, name, size in line.files],
    )


def _marker(of: Marker, number: int, names: dict[int, str], by: Teller) -> shapes.MarkerShown:
    return shapes.MarkerShown(
        tier=of.tier.value,
        department=names.get(of.owner_department, ""),
        day=of.day,
        reason=of.reason,
        opens_on=of.opens_on,
        raised_on=of.raised_on,
        prolonged=of.prolonged,
        sealed_until=of.sealed_until,
        text=telling.marker(of, names, by).text,
        ask=telling.sealed(of, number),
    )
