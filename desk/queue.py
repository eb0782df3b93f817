"""The only file that knows arq. Valkey is a doorbell and an executor; what must happen stands in PostgreSQL."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec
from arq import ArqRedis, create_pool
from arq.connections import RedisSettings
from arq.constants import default_queue_name, expires_extra_ms, job_key_prefix
from arq.jobs import serialize_job
from arq.utils import timestamp_ms
from redis.exceptions import RedisError

from desk import embedded, settings

log = logging.getLogger(__name__)
RELAY, REACT, LETTERS, SENDINGS, CALLS = "relay", "react", "letters", "sendings", "calls"
OUT_OF_REACH = (RedisError, OSError)
_KEPT = expires_extra_ms  # milliseconds that a job waits for a worker at most
_A_MOMENT = 1.0  # seconds


def address() -> str:
    return settings.current().valkey_url or embedded.valkey_url(settings.current())


def redis_settings() -> RedisSettings:
    """One quick try: whoever has just committed must not wait for a doorbell that is broken."""
    return replace(RedisSettings.from_dsn(address()), conn_retries=0, conn_timeout=1)


def pack(job: dict[str, Any]) -> bytes:
    """Never pickle: whoever writes into Valkey must not run code here."""
    return msgspec.msgpack.encode(job)


def unpack(job: bytes) -> dict[str, Any]:
    decoded: dict[str, Any] = msgspec.msgpack.decode(job)
    return decoded


class _Line:
    """This process's connection, opened at the first use."""

    pool: ArqRedis | None = None


@cache
def _line() -> _Line:
    return _Line()


async def connection() -> ArqRedis:
    line = _line()
    if line.pool is None:
        line.pool = await create_pool(redis_settings(), job_serializer=pack, job_deserializer=unpack)
    return line.pool


async def close() -> None:
    line = _line()
    if line.pool is not None:
        await line.pool.aclose()
        line.pool = None


async def enqueue(function: str, *values: int, key: str) -> None:
    """Ask a worker to run a job; a job whose key is already queued is not queued again.

    As ArqRedis.enqueue_job does it, in one trip instead of three: every deed rings.
    """
    line, now = await connection(), timestamp_ms()
    job = serialize_job(function, values, {}, None, now, serializer=pack)
    async with line.pipeline(transaction=False) as trip:  # in this order: what stands in the line is there
        trip.set(job_key_prefix + key, job, px=_KEPT, nx=True)
        trip.zadd(default_queue_name, {key: now}, nx=True)
        await trip.execute()


async def waiting() -> int:
    """How many jobs stand in the line."""
    count: int = await (await connection()).zcard(default_queue_name)
    return count


async def wake() -> None:
    """Ring the relay. Nothing is lost when nobody hears: the worker looks by itself every second."""
    await _ring(enqueue(RELAY, key=RELAY))


async def react(entries: Iterable[int]) -> None:
    """Have done what follows from these entries. Nothing is lost when nobody hears: the relay looks a moment later."""
    for entry in entries:
        await _ring(enqueue(REACT, entry, 0, key=f"{REACT}:{entry}:0"))


async def letters() -> None:
    """A letter was kept. Nothing is lost when nobody hears: the worker looks by itself every second."""
    await _ring(enqueue(LETTERS, key=LETTERS))


async def sendings() -> None:
    """A letter is to leave. Nothing is lost when nobody hears: the worker looks by itself every five seconds."""
    await _ring(enqueue(SENDINGS, key=SENDINGS))


async def calls() -> None:
    """A call of a webhook waits. Nothing is lost when nobody hears: the worker looks by itself every five seconds."""
    await _ring(enqueue(CALLS, key=CALLS))


async def publish(channel: str, word: str) -> None:
    await _ring(_publish(channel, word))


async def _publish(channel: str, word: str) -> None:
    await (await connection()).publish(channel, word)


async def _ring(bell: Awaitable[None]) -> None:
    """What is rung for is done already: a bell that is broken, or hangs, must neither fail nor delay it."""
    try:
        async with asyncio.timeout(_A_MOMENT):
            await bell
    except OUT_OF_REACH as fault:
        log.warning("the doorbell does not answer: %s", type(fault).__name__)


def person_bell(person: int) -> str:
    return f"desk:person:{person}"


def ticket_bell(ticket: int) -> str:
    return f"desk:ticket:{ticket}"


async def listen(*channels: str) -> AsyncIterator[tuple[str, str]]:
    """(channel, word) as they are rung, and first ("", "") as soon as it hears them. Ends when the doorbell breaks: the
    browser then asks again by itself.
    """
    async with (await connection()).pubsub(ignore_subscribe_messages=True) as bells:
        await bells.subscribe(*channels)
        yield "", ""
        async for bell in bells.listen():
            yield bell["channel"].decode(), bell["data"].decode()
