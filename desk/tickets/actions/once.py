"""A double click and a retried call do one thing: the key is claimed in the same transaction as the change."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from desk import db, settings
from desk.i18n import Refused
from desk.tickets.actions.files import File

_CLAIM = """
insert into submissions (person, key, digest, at) values ($1, $2, $3, $4)
    on conflict (person, key) do nothing returning id
"""
_FIRST = "select answer, digest from submissions where person = $1 and key = $2"
_FORGET = """
delete from submissions where id in (select id from submissions where at < $1 order by id limit $2) returning id
"""


class KeyUsed(Refused):
    """Other words came under this key before, and those count."""

    status = 422

    def __init__(self, key: str, first: str) -> None:
        super().__init__(key)
        self.link = f"/requests/{first}"


class Claim(Struct, frozen=True):
    key: str
    digest: str
    refusal: str


class Earlier:
    """What became of the first try; to be set by the one who is first."""

    answer: str | None = None


def claim(place: str, key: str | None, sent: Any, files: Sequence[File] = (), *, program: bool = False) -> Claim | None:
    """A key speaks for one place only: sent to another one it is another key. `sent`: Structs and plain values."""
    if key is None:
        return None
    parts = [sent, [(file.name, hashlib.sha256(file.content).hexdigest()) for file in files]]
    digest = hmac.digest(settings.current().secret.encode(), b"sent:" + _plain(parts), "sha256").hex()
    refusal = "tickets.key_used" if program else "tickets.form_used"
    return Claim(hashlib.sha256(f"{place}\n{key}".encode()).hexdigest(), digest, refusal)


@asynccontextmanager
async def once(claimed: Claim | None, *, at: datetime) -> AsyncIterator[Earlier]:
    """Whoever comes second waits for the first to commit and gets its answer. Raises KeyUsed for other words."""
    earlier, me = Earlier(), db.reader().person
    if claimed is None:
        yield earlier
        return
    if await db.call(_CLAIM, me, claimed.key, claimed.digest, at) is None:
        first = await db.fetch_one(_FIRST, me, claimed.key)
        assert first is not None, "whoever could not claim has seen the first one's row"
        if first["digest"] not in (None, claimed.digest):
            raise KeyUsed(claimed.refusal, first["answer"])
        earlier.answer = first["answer"]
        yield earlier
        return
    yield earlier
    await db.call("update submissions set answer = $3 where person = $1 and key = $2", me, claimed.key, earlier.answer)


async def forget(before: datetime, *, at_most: int) -> int:
    """Keys that nobody will send again. The oldest have the smallest ids. Returns how many."""
    return len(await db.fetch(_FORGET, before, at_most))


def _plain(parts: list[Any]) -> bytes:
    return msgspec.json.encode(parts, order="deterministic", enc_hook=lambda _: None)  # files stand beside their forms
