"""Asks within requests: who is to sign, what was asked, what waits for somebody's signature."""

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from desk import db
from desk.catalog.rules import approvers
from desk.catalog.rules.approvers import Step
from desk.directory import queries as directory
from desk.disclosure.queries import label_of
from desk.disclosure.rules import Label
from desk.i18n import Invalid, NotFound, Refused, Sentence
from desk.sla.queries.promises import Owed, owed_by_words
from desk.sla.rules.kinds import ASKED
from desk.tickets.queries.cases import Case
from desk.tickets.rules.asks import ON_THE_SPOT, Candidate

_ASK = """
select id, author, asked, for_requester, tier, owner_department, reason, sentence, opens_on, opens_to, day, audience,
       array(select s.author from updates s where s.ask = u.id and s.kind = 'signed') as signed
  from updates u where token = $1 and ticket = $2 and kind = 'ask'
"""
_LATEST = """
select a.id, (select x.kind from updates x where x.ask = a.id order by x.id desc limit 1) as last
  from updates a where a.ticket = $1 and a.kind = 'ask'
   and exists (select from promises p where p.of_update = a.id and p.kind = 'sign_off') order by a.id desc limit 1
"""
# as one list: `or` would read every promise that is owed
_SIGNERS = (
    "array(select $1::int union all select person from absences where deputy = $1 and since <= $2 and until > $2)"
)
_TO_SIGN = f"""
select u.token, t.number, t.title, r.name as requester, q.name_zh as from_zh, q.name_en as from_en, w.name as asker,
       p.due_at, p.breaks_at, p.at_risk, p.state as promise_state, p.kind, p.what
  from promises p join tickets t on t.id = p.ticket join updates u on u.id = p.of_update
  join people r on r.id = t.requester join departments q on q.id = t.requesting_department
  join people w on w.id = u.author
 where p.kind = 'sign_off' and p.settled_at is null and p.state <> 'paused'
   and p.person = any ({_SIGNERS}) order by p.due_at, p.id limit $3
"""  # noqa: S608 - a constant of this file
_SIGNED = """
select count(*) as signed, count(*) filter (where p.settled_at - p.started_at <= $3) as at_once
  from promises p join updates s on s.ask = p.of_update and s.author = $1 and s.kind = 'signed' and s.at = p.settled_at
 where p.kind = 'sign_off' and p.person = $1 and p.settled_at > $2
"""
COUNTED = timedelta(days=30)


class Ask(Struct, frozen=True, kw_only=True):
    """The words of an ask that is still open, and the promise that it became."""

    id: int
    author: int
    asked: list[str]
    label: Label
    signed: list[int]
    promise: Owed


async def ask_called(case: Case, token: str) -> Ask:
    """Raises NotFound for what does not exist or may not be read, Refused for what is settled."""
    row = await db.fetch_one(_ASK, token, case.id)
    if row is None:
        raise NotFound
    owed = await owed_by_words(row["id"], ASKED)
    if not owed:
        raise Refused("tickets.ask_settled")
    return Ask(
        id=row["id"], author=row["author"], asked=row["asked"], signed=row["signed"], label=label_of(row),
        promise=owed[0],
    )  # fmt: skip


async def is_signed(case: Case) -> bool:
    """Whether everybody of the chain has signed what was last asked."""
    row = await db.fetch_one(_LATEST, case.id)
    return row is not None and row["last"] == "signed" and not await owed_by_words(row["id"], ASKED)


async def line(step: str, case: Case, asker: int, at: datetime) -> list[Candidate]:
    """Who may sign at a step, from the nearest superior or head upward. Raises Invalid for an unknown step."""
    start = await _start(step, case, asker, at)
    if start is None:
        return []
    return [await _candidate(one, at) for one in [start, *await directory.line(start, at)]]


async def signers(person: int | None, at: datetime) -> list[int]:
    """Who may sign what somebody is asked for: they themselves, and whoever stands in for them now."""
    if person is None:
        return []
    stands_in = await directory.deputy(person, at)
    return [person] if stands_in is None else [person, stands_in]


async def to_sign(person: int, at: datetime, *, at_most: int = 20) -> list[Any]:
    """What waits for somebody's signature, their own or of whom they stand in for; the earliest first."""
    return await db.fetch(_TO_SIGN, person, at, at_most)


async def signed_lately(person: int, at: datetime) -> tuple[int, int]:
    """How many somebody has signed within 30 days, and how many of these on the spot."""
    row = await db.fetch_one(_SIGNED, person, at - COUNTED, ON_THE_SPOT)
    return (row["signed"], row["at_once"]) if row else (0, 0)


async def _start(step: str, case: Case, asker: int, at: datetime) -> int | None:
    if code := approvers.head_of(step):
        return await directory.head((await directory.department_called(code)).id, at)
    match step:
        case Step.SUPERIOR:
            return await directory.superior(case.requester, at)
        case Step.OWN_SUPERIOR:
            return await directory.superior(asker, at)
        case Step.HEAD:
            return await directory.head(case.department, at)
    raise Invalid({"to": Sentence("catalog.no_such_approver")})


async def _candidate(person: int, at: datetime) -> Candidate:
    away = await directory.absence(person, at)
    return Candidate(person, away=away is not None, deputy=await directory.deputy(person, at) if away else None)
