"""One portion of words under a request, with its label, its locks and its entry in the journal."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk import db, locks
from desk.disclosure import rules as labels
from desk.disclosure.queries import check_opens
from desk.disclosure.rules import Label, Tier
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.search import actions as search
from desk.sla.queries import clocks
from desk.tickets.queries import cases
from desk.tickets.queries.cases import Case

_INSERT = """
insert into updates (token, ticket, author, at, kind, for_requester, corrects, why, body, tier, owner_department,
                     reason, sentence, opens_on, opens_to, sealed, day, audience, ask, asked, disputed,
                     withheld, unverified)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, false, $16, $17, $18, $19, $20,
        $21, $22) returning id
"""


@dataclass(frozen=True)
class Words:
    kind: str
    body: str
    for_requester: bool = True
    corrects: int | None = None
    why: str | None = None
    disputed: bool = False  # corrected after somebody objected
    withheld: str | None = None  # of "I can't tell you": the class of reason
    ask: int | None = None  # the words that they answer, which were addressed to `asked`
    asked: Sequence[str] = ()
    unverified: bool = False  # by mail, and nobody vouches that it is the one who says so


@dataclass(frozen=True)
class Shut:
    """How far somebody wants words to be shut, and why. The request's own label is the least."""

    tier: int | None = None
    reason: str | None = None
    sentence: str | None = None
    term: int | None = None  # days until it opens by itself


@dataclass(frozen=True, kw_only=True)
class Written:
    id: int
    token: str
    label: Label
    audience: list[str]


async def write(case: Case, words: Words, shut: Shut | Label, *, tag: Tag, at: datetime, **facts: Any) -> Written:
    """Append words and journal them with these ids. Raises Invalid or Forbidden for a label that may not be."""
    label = shut if isinstance(shut, Label) else await label_for(case, shut, at)
    me = case.writer.person
    audience = labels.locks(
        label, author=me, parties=case.parties, for_requester=words.for_requester, asked=words.asked
    )
    await check_opens(audience, by=case.writer)
    token = secrets.token_urlsafe(12)
    row = await db.call(
        _INSERT, token, case.id, me, at, words.kind, words.for_requester, words.corrects, words.why, words.body,
        label.tier.value, label.owner, label.reason and label.reason.value, label.sentence, label.opens_on,
        label.opens_to.value, label.day, audience, words.ask, list(words.asked), words.disputed, words.withheld,
        words.unverified,
    )  # fmt: skip
    await search.put(locks.update(row), [words.body])
    await journal.write(tag, locks.update(row), at=at, audience=audience, ticket=case.id, **facts)
    return Written(id=row, token=token, label=label, audience=audience)


async def label_for(case: Case, shut: Shut, at: datetime) -> Label:
    """The wanted label under the request's: high water, owned by whoever serves unless the writer works elsewhere."""
    owner = labels.owner_for(case.writer, case.parties)
    wanted = labels.read_tier(shut.tier) if shut.tier is not None else max(case.label.tier, Tier.INTERNAL)
    if shut.tier is None and case.label.tier == Tier.OPEN:
        wanted = Tier.OPEN
    chosen = wanted > case.label.tier
    reason = labels.read_reason(shut.reason) or case.label.reason
    clock = await (cases.clock(case) if owner == case.department else clocks.clock(owner))
    own = labels.label(
        wanted, owner=owner, day=clock.today(at), reason=reason, sentence=shut.sentence, term=shut.term, chosen=chosen
    )
    label = labels.under(own, case.label)
    if chosen:
        labels.check_may_shut(label.tier, case.writer, case.parties)
    return label
