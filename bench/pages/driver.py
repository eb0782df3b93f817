"""The visitors, in a process of their own so that their work is not counted: HTTP/1.1 over sockets that stay open.

Reads {"port", "connections", "expect", "requests": [text]} a line, answers {"ms": [...], "last": text} a line.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any


async def visit(task: dict[str, Any]) -> dict[str, Any]:
    waiting = iter(task["requests"])
    ms: list[float] = []
    last = await asyncio.gather(*(_visitor(task, waiting, ms) for _ in range(task["connections"])))
    return {"ms": ms, "last": last[0].decode(errors="replace")}


async def _visitor(task: dict[str, Any], waiting: Iterator[str], ms: list[float]) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", task["port"])
    body = b""
    for request in waiting:
        begun = time.perf_counter()
        writer.write(request.encode())
        status, body = await _answer(reader)
        ms.append((time.perf_counter() - begun) * 1000)
        if status != task["expect"]:
            raise RuntimeError(f"{status} instead of {task['expect']}: {request[:60]!r} {body[:200]!r}")
    writer.close()
    return body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    if b"transfer-encoding: chunked" in head:
        return status, await _chunks(reader)
    _, found, rest = head.partition(b"content-length:")
    return status, await reader.readexactly(int(rest.split(b"\r\n", 1)[0])) if found else b""


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await reader.readline()).strip(), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readline()
    return b"".join(parts)


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(asyncio.run(visit(json.loads(line)))), flush=True)


if __name__ == "__main__":
    main()
