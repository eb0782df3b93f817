"""Words are taken away by two people; a marker in their place and a keyed hash stay."""

import secrets
from datetime import datetime

import msgspec

from desk import db, settings
from desk.directory import queries as directory
from desk.disclosure.rules import read_reason
from desk.i18n import Invalid, Refused, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.tickets.queries import removals
from desk.tickets.queries.cases import Case
from desk.tickets.queries.removals import Removal
from desk.tickets.rules import removal as rules

_ASK = """
insert into removals (token, ticket, words, reason, state, by, at, audience)
values ($1, $2, $3, $4, 'asked', $5, $6, $7)
"""
_REFUSE = """
update removals set state = 'refused', settled_by = $2, settled_at = $3 where id = $1 and state = 'asked' returning id
"""
_REMOVE = "select remove_words($1, $2, $3)"


async def ask_removal(case: Case, token: str, reason: str | None, *, at: datetime) -> None:
    """`token`: of the words, or "request" for the request's own. Nothing goes yet: a second person decides."""
    words = next((one for one in await removals.words(case) if one.token == token), None)
    if words is None:
        raise Invalid({"words": Sentence("tickets.no_such_words")})
    rules.check_ask(case.actor, author=words.author, owner=words.owner)
    why = read_reason(reason)
    if why is None:
        raise Invalid({"reason": Sentence("tickets.removal_reason_needed")})
    if any(one.state == "asked" and one.words == words.id for one in await removals.removals(case)):
        raise Refused("tickets.removal_asked_before")
    me = case.writer.person
    await db.call(_ASK, secrets.token_urlsafe(12), case.id, words.id, why.value, me, at, words.audience)
    await journal.write(
        Tag.REMOVAL_ASKED, _item(case, words.id), at=at, audience=words.audience, ticket=case.id,
        recipient=await directory.head(words.owner, at),
    )  # fmt: skip


async def agree_to_removal(case: Case, token: str, *, at: datetime) -> None:
    """The second person's yes: every version and file goes, from the store too, and the search forgets them."""
    asked = await _asked(case, token, at, by_asker=False)
    texts, files = await removals.versions(case, asked.words)
    audience = next(one.audience for one in await removals.words(case) if one.id == asked.words)
    key = rules.key(settings.current().secret)
    marks = [rules.mark(key, rules.plain(text)) for text in texts if text] + [
        rules.mark_of_digest(key, digest) for digest in files
    ]
    objects = await db.call(_REMOVE, asked.id, msgspec.json.encode(marks).decode(), rules.key_id(key))
    await journal.write(
        Tag.WORDS_REMOVED, _item(case, asked.words), at=at, audience=audience, ticket=case.id, recipient=asked.by,
        objects=objects,
    )  # fmt: skip


async def refuse_removal(case: Case, token: str, *, at: datetime) -> None:
    """The second person's no, or the first one's second thought: the words stay."""
    asked = await _asked(case, token, at, by_asker=True)
    audience = next(one.audience for one in await removals.words(case) if one.id == asked.words)
    await db.expect_one(_REFUSE, asked.id, case.writer.person, at)
    await journal.write(
        Tag.REMOVAL_REFUSED, _item(case, asked.words), at=at, audience=audience, ticket=case.id, recipient=asked.by
    )


async def is_copy(case: Case, token: str, copy: str) -> bool:
    """Is this what was taken away? For the two who decided: to everybody else it would be a way to guess short words.

    Raises Refused when the desk's secret has changed since.
    """
    gone = await removals.removal(case, token)
    rules.check_prove(case.writer.person, deciders=(gone.by, gone.settled_by), state=gone.state)
    digests, made_with = await removals.kept(gone.id)
    key = rules.key(settings.current().secret)
    if made_with != rules.key_id(key):
        raise Refused("tickets.removal_other_key")
    return rules.mark(key, rules.plain(copy)) in msgspec.json.decode(digests, type=list[str])


async def _asked(case: Case, token: str, at: datetime, *, by_asker: bool) -> Removal:
    """What was asked, if the reader may decide it."""
    asked = await removals.removal(case, token)
    if asked.state != "asked":
        raise db.Lost
    if not (by_asker and asked.by == case.writer.person):
        await check_agree(case, asked, at)
    return asked


async def check_agree(case: Case, asked: Removal, at: datetime) -> None:
    """Raises Forbidden unless the reader may be the second person."""
    me = case.writer.person
    owner = next(one.owner for one in await removals.words(case) if one.id == asked.words)
    over_asker, over_me = await directory.line(asked.by, at), await directory.line(me, at)
    rules.check_agree(
        case.actor, asked_by=asked.by, leads_owner=await directory.head(owner, at) == me,
        same_line=me in over_asker or asked.by in over_me,
    )  # fmt: skip


def _item(case: Case, words: int | None) -> str:
    return case.item if words is None else f"update:{words}"
