"""Before something is sent: who will be able to read it, by name. A page of its own; a sentence beside the choice."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter
from msgspec import Struct

from desk import db
from desk.catalog import queries as catalog
from desk.catalog.rules.service import Service
from desk.disclosure.queries import writer
from desk.disclosure.queries.readers import Audience
from desk.disclosure.rules import Tier, usual_of_note
from desk.i18n import say
from desk.tickets.queries import cases, readers
from desk.tickets.queries.cases import Case
from desk.tickets.routes.show import Number
from desk.tickets.routes.telling import Teller, teller
from desk.web.page import page
from desk.web.viewer import AnyRequest, Asks

Level = Annotated[str, QueryParameter(pattern="^[0-3]?$")]
Kind = Annotated[str, QueryParameter(max_length=12)]
Code = Annotated[str, QueryParameter(max_length=64)]


class Told(Struct, frozen=True):
    """Of one tier and kind of words."""

    tier: int
    kind: str  # "" or what they are
    text: str


@get("/requests/{number:int}/readers", include_in_schema=False)
async def of_words(
    request: AnyRequest, reader: Asks, number: Number, tier: Level = "", kind: Kind = ""
) -> Response[str]:
    """`?tier=&kind=` is what the form under the conversation says; without `kind`, all that one could choose."""
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        case = await cases.case(number, at=by.times.now)
        told = await (_chosen(case, tier, kind, by) if kind else _all(case, by))
    back = f"/requests/{number}"
    return page(request, "tickets/readers.html", fragment="readers", told=told, back=back, crumb=f"#{number}")


@get("/new/readers", include_in_schema=False)
async def of_request(request: AnyRequest, reader: Asks, service: Code, tier: Level = "") -> Response[str]:
    by = teller(request)
    async with db.acting_as(reader, writing=False):
        offered = await (catalog.catch_all() if service == "any" else catalog.service(service))
        who = await writer(reader.person or 0, by.times.now)
        wanted = [Tier(int(tier))] if tier else [one for one in Tier if offered.tier <= one < Tier.CORE]
        told = [
            Told(one.value, "", sentence(await readers.of_request(offered, one, who), one, by, guest=who.guest))
            for one in wanted
        ]
    back = f"/new?service={service}"
    return page(
        request, "tickets/readers.html", fragment="readers", told=told, back=back, crumb=offered.name(by.language)
    )


async def _chosen(case: Case, tier: str, kind: str, by: Teller) -> list[Told]:
    usual = usual_of_note(case.label.tier, db.reader().cap) if kind == "note" else None
    least = max(case.label.tier, Tier.INTERNAL) if case.label.tier else Tier.OPEN
    chosen = Tier(int(tier)) if tier else usual[0] if usual else least
    return [await _told(case, chosen, note=kind == "note", by=by)]


async def _all(case: Case, by: Teller) -> list[Told]:
    """A note differs where words to the requester carry the requester's lock."""
    told = [await _told(case, one, note=False, by=by) for one in Tier if case.label.tier <= one < Tier.CORE]
    if case.writer.person == case.requester:
        return told
    note = await _told(case, max(case.label.tier, Tier.RESTRICTED), note=True, by=by)
    return [*told, Told(note.tier, by.say("readers_of_note"), note.text)]


async def _told(case: Case, tier: Tier, *, note: bool, by: Teller) -> Told:
    found = await readers.of_words(case, tier, for_requester=not note)
    return Told(tier.value, "", sentence(found, max(tier, case.label.tier), by, guest=case.writer.guest))


def sentence(found: Audience, tier: Tier, by: Teller, *, guest: bool) -> str:
    """Up to five names and the count; of what every employee reads, and for guests, the count alone."""
    if not found.people:
        return by.say("readers_nobody")
    if guest or tier < Tier.DEPARTMENT:
        return by.say("readers_count", n=found.people)
    names = say(by.language, "tickets.readers_name_gap").join(found.names)
    key = "readers_named" if found.people == len(found.names) else "readers_more"
    return by.say(key, n=found.people, names=names)


async def at_first(service: Service, by: Teller) -> str:
    """For the form of a service, in its usual tier."""
    who, tier = await writer(db.reader().person or 0, by.times.now), Tier(service.tier)
    return sentence(await readers.of_request(service, tier, who), tier, by, guest=who.guest)


routes = [of_words, of_request]
