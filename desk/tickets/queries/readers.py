"""Who would be able to read words that are not written yet: the rule of writing, asked beforehand."""

from datetime import date

from desk.catalog import queries as catalog
from desk.catalog.rules.routing import Facts
from desk.catalog.rules.service import Service
from desk.disclosure import rules as labels
from desk.disclosure.queries.readers import Audience, would_read
from desk.disclosure.rules import Label, Parties, Tier, Writer
from desk.tickets.queries.cases import Case


async def of_words(case: Case, tier: Tier, *, for_requester: bool) -> Audience:
    """Under a request, which is the least that they are shut."""
    own = Label(tier=tier, owner=labels.owner_for(case.writer, case.parties), day=date.min)
    label = labels.under(own, case.label)
    me = case.writer.person
    locks = labels.locks(label, author=me, parties=case.parties, for_requester=for_requester)
    return await would_read(locks, case.id)


async def of_request(service: Service, tier: Tier, writer: Writer) -> Audience:
    """Of a new one, as if its words moved no routing rule."""
    serving = (await catalog.route_of(Facts(writer.department, "", {}), service)).department
    label = Label(tier=max(tier, Tier(service.tier)), owner=serving, day=date.min)
    parties = Parties(requester=writer.person, requesting=writer.department, serving=serving, label=label)
    return await would_read(labels.locks(label, author=writer.person, parties=parties, for_requester=True), None)
