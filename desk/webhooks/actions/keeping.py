"""Add, try, end: each in the journal, without address and secret."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import db, settings
from desk.i18n import Invalid, NotFound, Refused, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.locks import STAFF
from desk.webhooks import queries
from desk.webhooks.rules import places
from desk.webhooks.rules.keeping import check_keeps
from desk.webhooks.rules.kinds import ADAPTERS, Kind

MOST = 20  # of a department
_ADD = """
insert into webhooks (department, name, kind, host, address, secret, language, made_by, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id
"""
_COUNT = "select count(*) from webhooks where department = $1 and ended_at is null"
_END = "update webhooks set ended_at = $2 where id = $1 and ended_at is null returning id"


class New(Struct, frozen=True, kw_only=True):
    department: int
    name: str
    kind: Kind
    address: str
    secret: str | None
    language: str


async def add(new: New, *, at: datetime) -> int:
    """Raises Forbidden, Invalid, Refused."""
    roles, led = await queries.kept(at)
    check_keeps(new.department, roles=roles, led=led)
    if new.secret and not ADAPTERS[new.kind].signs:
        raise Invalid({"secret": Sentence("webhooks.no_secret")})
    host = places.place(new.address, settings.current().webhook_hosts).host
    if await db.call(_COUNT, new.department) >= MOST:
        raise Refused("webhooks.too_many", n=MOST)
    me = db.reader().person
    webhook: int | None = await db.call(
        _ADD, new.department, new.name, new.kind.value, host, new.address, new.secret, new.language, me, at
    )
    if webhook is None:
        raise Refused("webhooks.already")
    await _journal(Tag.WEBHOOK_ADDED, webhook, at, department=new.department, kind=new.kind.value)
    return webhook


async def try_out(webhook: int, *, at: datetime) -> None:
    """A message about no request is on its way afterwards. Raises Forbidden, NotFound."""
    await _journal(Tag.WEBHOOK_TRIED, webhook, at, department=await _kept(webhook, at))


async def end(webhook: int, *, at: datetime) -> None:
    """What still waits is never sent. Raises Forbidden, NotFound, Lost."""
    department = await _kept(webhook, at)
    await db.expect_one(_END, webhook, at)
    await _journal(Tag.WEBHOOK_ENDED, webhook, at, department=department)


async def _kept(webhook: int, at: datetime) -> int:
    department = await queries.department_of(webhook)
    if department is None:
        raise NotFound
    roles, led = await queries.kept(at)
    check_keeps(department, roles=roles, led=led)
    return department


async def _journal(tag: Tag, webhook: int, at: datetime, **facts: Any) -> None:
    await journal.write(tag, f"webhook:{webhook}", at=at, audience=[STAFF], **facts)
