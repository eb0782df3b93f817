"""A request comes in: it is routed, promised, and in somebody's hands from the first second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from desk import db, locks
from desk.catalog import queries as catalog
from desk.catalog.rules.answers import Answers
from desk.catalog.rules.routing import Facts, Route, Strategy
from desk.catalog.rules.service import Field, Service
from desk.directory import queries as directory
from desk.disclosure import rules as labels
from desk.disclosure.queries import check_opens, writer
from desk.disclosure.rules import Label, Parties, Tier, Writer
from desk.disclosure.rules.high_water import high_water, wider
from desk.i18n import Invalid, Refused, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.search import actions as search
from desk.search.rules import of_request
from desk.sla.actions import promises
from desk.sla.actions.promises import About, Sides
from desk.sla.queries import clocks
from desk.sla.queries.clocks import Clock
from desk.sla.rules.kinds import Kind
from desk.sla.rules.policies import Own, Standard
from desk.sla.rules.targets import SameDay
from desk.tickets.actions import hops
from desk.tickets.actions.files import File, Portion, attach
from desk.tickets.actions.once import claim, once
from desk.tickets.queries import relations, standards
from desk.tickets.rules import states, words
from desk.tickets.rules.faults import gather
from desk.tickets.rules.states import Actor, State

_INSERT = """
insert into tickets (number, service, department, accountable, requester, requesting_department, handler, state,
                     channel, logged_by, filed_at, unverified, reopened, title, body, fields, tier, owner_department,
                     reason, sentence, opens_on, opens_to, sealed, day, audience, critical, priority)
values (case when $15 >= 3 then chance_number() else nextval('ticket_numbers') end, $1, $2, $3, $4, $5, $6, $7, $8, $9,
        $10, $11, 0, $12, $13, $14, $15, $16, $17, $18, $19, $20, false, $21, $22, $23, 'routine') returning id, number
"""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What somebody asks for. `service` None: the words go to whoever takes what fits nowhere else."""

    title: str
    body: str
    service: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    tier: int | None = None
    reason: str | None = None
    sentence: str | None = None
    term: int | None = None
    channel: str = "web"
    requester: int | None = None  # of whom somebody else writes this down
    key: str | None = None  # the same key files once
    sources: Sequence[Label] = ()  # of words that it is made of: it is as shut as the most shut of them
    within: Sequence[Sequence[str]] = ()  # locks of words that it quotes: nobody else may come to read them
    unverified: bool = False  # nobody vouches that it is the one who says so
    to: int | None = None  # a department, past the routing: whose words somebody asks for


async def file(filing: Filing, *, at: datetime, files: Sequence[File] = ()) -> int:
    """The number of the new request, or of the one that the same key has filed before."""
    claimed = claim("file", filing.key, filing, files, program=filing.channel == "api")
    async with once(claimed, at=at) as earlier:
        if earlier.answer is not None:
            return int(earlier.answer)
        number = await _file(filing, files, at)
        earlier.answer = str(number)
        return number


@dataclass(frozen=True, kw_only=True)
class _Draft:
    """A request that is about to be written."""

    filing: Filing
    service: Service
    asker: Writer
    parties: Parties
    handler: int | None
    title: str
    body: str
    answers: Answers
    audience: list[str]
    standard: Standard
    clock: Clock  # of the department that serves


async def _file(filing: Filing, files: Sequence[File], at: datetime) -> int:
    draft = await _draft(filing, at)
    await check_opens(draft.audience, by=draft.asker)
    await _check_within(filing, draft.audience)
    ticket, number = await _insert(draft, at)
    await search.put(locks.ticket(ticket), of_request(number, draft.title, draft.body, draft.answers.values()))
    await _begin(ticket, draft, at)
    await attach(ticket, files, Portion(label=draft.parties.label, audience=draft.audience), at=at)
    return number


async def _draft(filing: Filing, at: datetime) -> _Draft:
    me = db.reader().person
    assert me is not None, "the door knows who files"
    service = await (catalog.service(filing.service) if filing.service else catalog.catch_all())
    asker = await _asker(filing, me, at)
    title, body, answers = await _words(filing, service, at)
    route = await _route(filing, service, Facts(asker.department, f"{title}\n{body}", answers))
    clock = await clocks.clock(route.department)
    label = _label(filing, service, route, clock.today(at))
    parties = Parties(requester=asker.person, requesting=asker.department, serving=route.department, label=label)
    under = await _standard(filing, service, parties)
    return _Draft(
        filing=filing, service=service, asker=asker, parties=parties, title=title, body=body, answers=answers,
        handler=await _handler(route, asker.person, at),
        audience=labels.locks(label, author=me, parties=parties, for_requester=True),
        standard=under, clock=clock,
    )  # fmt: skip


async def _asker(filing: Filing, me: int, at: datetime) -> Writer:
    """Who asks: whoever files, or somebody who called and is still here."""
    asker = await writer(filing.requester or me, at)
    if asker.person != me:
        states.check_log_for(Actor(me, (await writer(me, at)).levels), asker.person)
        left_at = (await directory.person(asker.person)).left_at
        if left_at is not None and left_at <= at:
            raise Invalid({"requester": Sentence("directory.no_such_person")})
    return asker


async def _words(filing: Filing, service: Service, at: datetime) -> tuple[str, str, Answers]:
    """All faults at once: nobody should mend a form three times."""
    faults: dict[str, Sentence] = {}
    title = gather(faults, lambda: words.title(filing.title))
    body = gather(faults, lambda: words.details(filing.body))
    try:
        answers = await catalog.answers(_form(filing, service), filing.fields, at)
    except Invalid as invalid:
        faults |= invalid.faults
    if faults:
        raise Invalid(faults)
    return title or "", body or "", answers


def _form(filing: Filing, service: Service) -> tuple[Field, ...]:
    """A letter is taken without its facts: they are asked for afterwards, all together (queries/missing)."""
    if filing.to:
        return ()
    if filing.channel == "mail":
        return tuple(msgspec.structs.replace(one, required=False) for one in service.fields)
    return service.fields


async def _route(filing: Filing, service: Service, facts: Facts) -> Route:
    if filing.to is not None:
        return Route(filing.to, None, Strategy.QUEUE)
    return await catalog.route_of(facts, service)


async def _standard(filing: Filing, service: Service, parties: Parties) -> Standard:
    """What is asked of a department directly is answered the same day, whatever a service promises."""
    if filing.to is not None:
        return Standard(own=Own(SameDay(), SameDay()))
    return await standards.of_new(service, requester=parties.requester, holder=parties.serving)


def _label(filing: Filing, service: Service, route: Route, today: date) -> Label:
    """The service's tier binds whoever files; one may shut more, never less."""
    wanted = labels.read_tier(filing.tier) if filing.tier is not None else Tier(service.tier)
    chosen = wanted > service.tier
    reason = labels.read_reason(filing.reason) or labels.read_reason(service.tier_reason)
    tier = max(wanted, Tier(service.tier))
    own = labels.label(
        tier, owner=route.department, day=today, reason=reason, sentence=filing.sentence, term=filing.term,
        chosen=chosen,
    )  # fmt: skip
    return high_water(own, filing.sources)


async def _check_within(filing: Filing, audience: Sequence[str]) -> None:
    """Whoever quotes has read it; that others would, is refused. Raises Refused."""
    guests, me = await relations.guests(audience) if filing.within else set(), locks.person(db.reader().person or 0)
    for quoted in filing.within:
        if wider(audience, [*quoted, me], guests):
            raise Refused("tickets.quote_widens", field="service")


async def _handler(route: Route, requester: int, at: datetime) -> int | None:
    """Never the one who asks."""
    if route.strategy is Strategy.LEAST:
        least: int | None = await db.call("select least_load($1, $2, $3)", route.department, requester, at)
        return least
    return route.handler if route.handler != requester else None


async def _insert(draft: "_Draft", at: datetime) -> tuple[int, int]:
    """(id, number)"""
    label, me, parties = draft.parties.label, db.reader().person, draft.parties
    row = await db.fetch_one(
        _INSERT, draft.service.id, parties.serving, draft.filing.to or draft.service.department, parties.requester,
        parties.requesting, draft.handler, State.OPEN.value, draft.filing.channel,
        me if me != parties.requester else None, at, draft.filing.unverified, draft.title, draft.body,
        msgspec.json.encode(draft.answers).decode(), label.tier.value, label.owner, label.reason and label.reason.value,
        label.sentence, label.opens_on, label.opens_to.value, label.day, draft.audience, draft.standard.critical,
    )  # fmt: skip
    assert row is not None, "an insert returns its row"
    return row["id"], row["number"]


async def _begin(ticket: int, draft: "_Draft", at: datetime) -> None:
    """What follows from filing: a holder, two promises, an entry."""
    serving = draft.parties.serving
    about = About(ticket=ticket, audience=draft.audience)
    sides = Sides(department=serving, person=draft.handler, promisee=draft.parties.requester)
    await hops.begin(ticket, department=serving, at=at, audience=draft.audience)
    owed = draft.standard.targets(Kind.FIRST_REPLY, Kind.RESOLUTION)
    await promises.give(owed, about, sides, started_at=at, at=at, under=draft.standard, clock=draft.clock)
    await journal.write(
        Tag.REQUEST_FILED, about.item, at=at, audience=draft.audience, ticket=ticket, department=serving,
        **({"channel": "mail"} if draft.filing.channel == "mail" else {}),
    )  # fmt: skip
