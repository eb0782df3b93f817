"""The box of this process: one letter at a time, in a thread that waits for it."""

import asyncio
from functools import cache
from threading import Lock

from desk import settings
from desk.intake.actions.speaking import signer
from desk.mail.actions.box import Box
from desk.mail.rules.letters import Letter, Own, Refusal


class _Desk:
    def __init__(self) -> None:
        self.box, self.alone = Box(own=_own()), Lock()

    def read(self, content: bytes) -> Letter | Refusal:
        with self.alone:  # a job that was given up may still be waiting for its letter
            return self.box.read(content)


def _own() -> Own:
    """By what this desk's own letters are known, whichever way they come back."""
    return Own((settings.current().mail_address,), signer().instance)


@cache
def _desk() -> _Desk:
    return _Desk()


async def read(content: bytes) -> Letter | Refusal:
    return await asyncio.to_thread(_desk().read, content)


def close() -> None:
    _desk().box.close()
