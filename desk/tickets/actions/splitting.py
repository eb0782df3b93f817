"""A request out of another: a child for another department, a part split off, one that goes on from it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
from msgspec import Struct

from desk import db
from desk.disclosure.actions import recusals
from desk.disclosure.queries import label_of
from desk.disclosure.rules import Label
from desk.i18n import Invalid, Refused, Sentence
from desk.journal.rules import Tag
from desk.tickets.actions.ending import business_days_later
from desk.tickets.actions.filing import Filing, file
from desk.tickets.actions.linking import join
from desk.tickets.queries import cases, relations
from desk.tickets.queries.cases import Case
from desk.tickets.rules import linking as rules
from desk.tickets.rules import words
from desk.tickets.rules.linking import Link
from desk.tickets.rules.states import State

_QUOTED = """
select u.body, u.tier, u.owner_department, u.reason, u.sentence, u.opens_on, u.opens_to, u.day, u.audience, p.name
  from updates u join people p on p.id = u.author where u.ticket = $1 and u.token = any ($2) order by u.id
"""
_FORM = """
select s.code, t.fields::text as fields from tickets t join services s on s.id = t.service where t.id = $1
"""


class Draft(Struct, frozen=True, kw_only=True):
    """What is asked. `cleaned`: why these words tell nothing of what is shut where they come from; None: they may."""

    title: str
    body: str = ""
    service: str | None = None  # None: the same as of the request that it comes from
    fields: dict[str, object] = {}
    cleaned: str | None = None
    channel: str = "web"
    unverified: bool = False  # of a letter that nobody vouches for


async def file_child(case: Case, draft: Draft, *, at: datetime, blocks: bool = False) -> int:
    """A handler asks another department, in the own name; `blocks`: the request waits for it. Returns its number."""
    rules.check_child(case.actor, department=case.department, state=case.state, tier=case.label.tier)
    rules.check_not_sealed(await relations.are_sealed([case.id]))
    number = await file(await _filing(case, draft, [case.label]), at=at)
    child = await cases.held(number, at=at)
    await join(child, case, Link.CHILD, tag=Tag.CHILD_FILED, at=at, **_declared(draft))
    await recusals.follow(child.id)
    if blocks:
        await join(child, case, Link.BLOCKS, tag=Tag.REQUEST_LINKED, at=at)
    return number


async def split(case: Case, draft: Draft, tokens: Sequence[str], *, at: datetime) -> int:
    """For whoever asked: words of the request are quoted in a new one, or told anew without what is kept shut."""
    rows = await db.fetch(_QUOTED, case.id, list(tokens))
    if len(rows) != len(set(tokens)):
        raise Invalid({"tokens": Sentence("tickets.no_such_words")})
    sources = [case.label, *map(label_of, rows)]
    rules.check_split(
        case.actor, department=case.department, requester=case.requester, state=case.state,
        tiers=[] if draft.cleaned else [one.tier for one in sources],
    )  # fmt: skip
    rules.check_not_sealed(await relations.are_sealed([case.id], words=tokens))
    filing = replace(await _filing(case, draft, sources), requester=case.requester)
    if not draft.cleaned:
        quoted = words.quoted(draft.body, [(row["name"], row["body"]) for row in rows])
        filing = replace(filing, body=quoted, within=[case.audience, *(row["audience"] for row in rows)])
    number = await file(filing, at=at)
    new = await cases.held(number, at=at)
    await join(new, case, Link.SPLIT, tag=Tag.REQUEST_SPLIT, at=at, **_declared(draft))
    await recusals.follow(new.id)
    return number


async def follow(case: Case, draft: Draft, *, at: datetime) -> int:
    """Too late to reopen: whoever asked asks anew, and both requests know of each other."""
    rules.check_follow(case.writer.person, requester=case.requester, state=case.state)
    rules.check_not_core([case.label.tier])
    rules.check_not_sealed(await relations.are_sealed([case.id]))
    by_letter = draft.channel == "mail"  # whoever writes on is not asked to come and reopen: it is another request then
    if (
        not by_letter
        and case.state in (State.ACCEPTED, State.DECLINED)
        and at <= await business_days_later(case, case.ended_at or at)
    ):
        raise Refused("tickets.still_reopens")
    number = await file(await _filing(case, draft, [case.label]), at=at)
    new = await cases.held(number, at=at)
    await join(new, case, Link.FOLLOWS, tag=Tag.REQUEST_FOLLOWED, at=at)
    await recusals.follow(new.id)
    return number


async def _filing(case: Case, draft: Draft, sources: Sequence[Label]) -> Filing:
    """A cleaned extract has no source that would shut it; that it is one, and why, stands in the journal."""
    if draft.cleaned is not None:
        words.line(draft.cleaned, field="cleaned")
    own = await db.fetch_one(_FORM, case.id)
    assert own is not None, "the case at hand is readable"
    same = draft.service in (None, own["code"])
    return Filing(
        title=draft.title, body=draft.body, service=own["code"] if same else draft.service,
        fields=draft.fields or (msgspec.json.decode(own["fields"]) if same else {}),
        sources=() if draft.cleaned else tuple(sources), channel=draft.channel, unverified=draft.unverified,
    )  # fmt: skip


def _declared(draft: Draft) -> dict[str, str]:
    return {"cleaned": draft.cleaned} if draft.cleaned else {}
