"""Attachments: checked by name and content, kept under a random key in the object store, locked like their words."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk import db, store
from desk.disclosure import rules as labels
from desk.disclosure.rules import Label
from desk.i18n import Invalid, Sentence
from desk.journal import actions as journal
from desk.journal.rules import Tag
from desk.tickets.queries.cases import Case
from desk.tickets.rules import files as rules
from desk.tickets.rules import states

_INSERT = """
insert into attachments (token, ticket, of_update, author, at, name, kind, size, digest, object, tier, owner_department,
                         reason, sentence, opens_on, opens_to, sealed, day, audience)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, false, $17, $18)
"""


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Portion:
    """What the files hang on: the request itself, or words under it."""

    label: Label
    audience: list[str]
    update: int | None = None


async def attach(ticket: int, files: Sequence[File], to: Portion, *, at: datetime) -> list[str]:
    """Their tokens. All are checked before the first is kept; Invalid names the file that cannot be taken."""
    rules.check_count(len(files))
    checked = [(rules.clean_name(file.name), _kind(file), file.content) for file in files]
    return [await _keep(ticket, name, kind, content, to, at) for name, kind, content in checked]


async def attach_to(case: Case, files: Sequence[File], *, at: datetime) -> list[str]:
    """To the request itself, under its label; by whoever may still add words to it."""
    states.check_message(case.actor, requester=case.requester, state=case.state)
    if not files:
        raise Invalid({"files": Sentence("tickets.files_needed")})
    audience = labels.locks(case.label, author=case.writer.person, parties=case.parties, for_requester=True)
    tokens = await attach(case.id, files, Portion(label=case.label, audience=audience), at=at)
    await journal.write(Tag.FILES_ATTACHED, case.item, at=at, audience=case.audience, ticket=case.id, files=len(tokens))
    return tokens


async def set_aside(case: Case, name: str, content: bytes, *, at: datetime, reason: str) -> None:
    """A machine's letter is kept beside its request, as it came: it is no word of anybody and changes nothing."""
    audience = labels.locks(case.label, author=case.writer.person, parties=case.parties, for_requester=True)
    await attach(case.id, [File(name, content)], Portion(label=case.label, audience=audience), at=at)
    await journal.write(
        Tag.LETTER_AUTOMATIC, case.item, at=at, audience=case.audience, ticket=case.id, reason=reason
    )  # fmt: skip


def _kind(file: File) -> str:
    rules.check_size(len(file.content), file.name)
    return rules.media_type(rules.clean_name(file.name), file.content[:4096])


async def _keep(ticket: int, name: str, kind: str, content: bytes, to: Portion, at: datetime) -> str:
    token, key = secrets.token_urlsafe(12), secrets.token_hex(20)
    await store.put(key, content)
    await db.call(
        _INSERT, token, ticket, to.update, db.reader().person, at, name, kind, len(content),
        hashlib.sha256(content).hexdigest(), key, to.label.tier.value, to.label.owner,
        to.label.reason and to.label.reason.value, to.label.sentence, to.label.opens_on, to.label.opens_to.value,
        to.label.day, to.audience,
    )  # fmt: skip
    return token
