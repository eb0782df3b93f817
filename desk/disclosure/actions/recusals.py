"""A conflict of interest: rank and membership give nothing in this request any more; what is one's own stays."""

from datetime import datetime

from desk import db
from desk.directory import queries as directory
from desk.disclosure.queries import recusals
from desk.disclosure.queries.recusals import Standing
from desk.disclosure.rules import recusals as rules
from desk.journal import actions as journal
from desk.journal.rules import Tag


async def recuse(of: Standing, who: int, why: str, *, at: datetime, until: datetime | None = None) -> None:
    """By oneself, by who leads the owner department, by an auditor. What was in those hands goes back.

    Raises Forbidden, Refused, Invalid.
    """
    me, may = db.reader().person or 0, await decides(of, at)
    recused = who in {one.person for one in await recusals.of(of.ticket, at=at)}
    said = rules.check_recuse(me, who, why, decides=may, recused=recused, until=until, now=at)
    await journal.write(
        Tag.RECUSED, f"ticket:{of.ticket}", at=at, audience=of.audience, ticket=of.ticket, handler=who, recipient=who
    )
    await db.call("select recuse($1, $2, $3, $4, $5)", of.ticket, who, said, at, until)


async def end(of: Standing, who: int, *, at: datetime) -> None:
    """Raises Forbidden, Lost when it has ended meanwhile."""
    rules.check_end(db.reader().person or 0, who, decides=await decides(of, at))
    if not await db.call("select end_recusal($1, $2, $3)", of.ticket, who, at):
        raise db.Lost
    await journal.write(
        Tag.RECUSAL_ENDED, f"ticket:{of.ticket}", at=at, audience=of.audience, ticket=of.ticket, handler=who,
        recipient=who,
    )  # fmt: skip


async def follow(ticket: int) -> None:
    """Whoever is recused from a request is so from the reader's new one that was made of it."""
    await db.call("select follow_recusals($1)", ticket)


async def refuse(of: Standing, why: str, *, at: datetime) -> None:
    await journal.write(
        Tag.LABEL_REFUSED, f"ticket:{of.ticket}", at=at, audience=of.audience, ticket=of.ticket, act="recusal", why=why
    )


async def decides(of: Standing, at: datetime) -> bool:
    me = db.reader().person
    if me is None:
        return False
    heads = await directory.heads(at)
    return me in (heads.get(of.owner), heads.get(of.serving)) or "auditor" in await directory.roles(me)
