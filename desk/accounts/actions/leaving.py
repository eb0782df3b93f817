from desk import clock
from desk.accounts.tables import Link, Session, Token
from desk.directory import actions as directory
from desk.disclosure import actions as disclosure


async def leave(person: int) -> None:
    """Sessions, tokens, links and grants end in this transaction too. Raises Forbidden, Refused, Lost."""
    at = clock.now()
    await directory.leave(person, at)
    await Session.update({Session.ended_at: at}).where((Session.person == person) & Session.ended_at.is_null())
    await Token.update({Token.ended_at: at}).where((Token.person == person) & Token.ended_at.is_null())
    await Link.update({Link.used_at: at}).where((Link.person == person) & Link.used_at.is_null())
    await disclosure.end_grants(person, at=at)
