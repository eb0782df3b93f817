"""Letters as the tests write them, kept and understood as the worker does it."""

from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from itertools import count
from typing import Any

import asyncpg
import pytest

from desk import clock, db, settings
from desk.intake import jobs
from desk.intake.actions import reading
from desk.mail.actions import letters
from desk.mail.actions.letters import Arrived
from desk.mail.rules.signed import Signer
from tests.firm import Firm

OURS = "desk@desk.localhost"
TRUSTED = "mx.example.cn"
PASSED = f"{TRUSTED}; dmarc=pass header.from=example.cn"
IDS = count(1)


def letter(
    body: str = "Please look at it.", *, sender: str = "林晓雯 <lin@example.cn>", subject: str = "A question",
    to: str = OURS, **headers: str,
) -> bytes:  # fmt: skip
    """`headers`: Authentication_Results="..."; an empty one is left out."""
    fields = {"From": sender, "To": to, "Subject": subject, "Message-ID": f"<{next(IDS)}@example.cn>"}
    fields |= {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return "\r\n".join([*lines, "", *body.split("\n")]).encode()


def received(at: datetime) -> str:
    return f"from client by {TRUSTED}; {format_datetime(at)}"


@dataclass
class Post:
    firm: Firm
    superuser: asyncpg.Connection
    kept: list[int] = field(default_factory=list)

    async def brings(self, content: bytes, *, to: str = OURS, sender: str = "lin@example.cn", **more: Any) -> Any:
        """Keep a letter and understand it. Its row, as it is then."""
        async with db.acting_as(db.NOBODY):
            arrived = Arrived("smtp", content, sender=sender, recipients=[to], **more)
            kept = await letters.keep(arrived, at=clock.now())
        await jobs.letters()
        return await self.row(kept)

    async def says(self, body: str = "Please look at it.", *, to: str = OURS, **more: str) -> Any:
        return await self.brings(letter(body, to=to, **more), to=to)

    async def row(self, kept: int | None) -> Any:
        return await self.superuser.fetchrow(
            "select l.*, t.number from letters l left join tickets t on t.id = l.ticket where l.id = $1", kept
        )

    async def request(self, number: int) -> Any:
        return await self.superuser.fetchrow(
            "select t.*, s.code, p.login from tickets t join services s on s.id = t.service"
            "  join people p on p.id = t.requester where number = $1", number,
        )  # fmt: skip

    async def words(self, number: int) -> list[tuple[str, str, bool]]:
        """(kind, words, unverified) under a request."""
        rows = await self.superuser.fetch(
            "select u.kind, u.body, u.unverified from updates u join tickets t on t.id = u.ticket where t.number = $1"
            " order by u.id", number,
        )  # fmt: skip
        return [tuple(row) for row in rows]

    async def entry(self, tag: str) -> Any:
        """The newest of a kind."""
        return await self.superuser.fetchrow("select * from entries where tag = $1 order by id desc limit 1", tag)

    @property
    def signer(self) -> Signer:
        return Signer(secret=settings.current().secret, address=OURS)

    def address(self, number: int, who: db.Reader) -> str:
        """Where somebody's answers go."""
        return self.signer.reply_address(number, who.person or 0)


@pytest.fixture
async def post(firm: Firm, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("DESK_MAIL_TRUST", TRUSTED)
    settings.current.cache_clear()
    yield Post(firm, superuser)
    reading.close()
    settings.current.cache_clear()
