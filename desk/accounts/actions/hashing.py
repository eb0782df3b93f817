"""argon2id, off the event loop: 19 MiB and some 30 ms of a core each, so never more than two at once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


@cache
def _nobodys() -> str:
    return _HASHER.hash("the password of nobody")


async def hashed(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_threads(), _HASHER.hash, password)


async def fits(known: str | None, password: str) -> bool:
    """Does the same work when nobody or no password is known."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), _fits, known, password)


def outdated(known: str) -> bool:
    return _HASHER.check_needs_rehash(known)


def _fits(known: str | None, password: str) -> bool:
    try:
        return _HASHER.verify(known or _nobodys(), password) and known is not None
    except (VerificationError, InvalidHashError):
        return False
