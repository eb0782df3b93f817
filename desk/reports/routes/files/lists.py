"""A list as a file, however long: CSV as its rows are read, XLSX by way of the disk. Few rows are here at a time."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from desk.i18n import say
from desk.reports.routes.files.workbook import Book, Table
from desk.reports.routes.leaving import KINDS
from desk.reports.rules import commas
from desk.reports.rules.commas import Value
from desk.tickets.routes.telling import Teller
from desk.web.download import Download, download
from desk.web.viewer import AnyRequest

TOGETHER = 200  # lines of one chunk
CHUNK = 65_536  # bytes of one
Rows = AsyncGenerator[Sequence[Value], None]


def kind_of(request: AnyRequest) -> str:
    """As what it is to leave, by the end of its address."""
    return request.url.path.rpartition(".")[2]


def head(name: str, whose: Sequence[Value], columns: Sequence[str], by: Teller) -> Table:
    """`name`: of the list, in words; `columns`: keys of their titles."""
    titles = [say(by.language, f"reports.column_{column}", zone=by.times.zone) for column in columns]
    return Table(name=name, about=whose, titles=titles)


def at(moment: datetime | None, by: Teller) -> str | None:
    """On the wall of whoever reads."""
    return None if moment is None else f"{by.times.local(moment):%Y-%m-%d %H:%M}"


async def sent(of: Table, rows: Rows, *, name: str, kind: str, at: datetime) -> Download:
    """`rows` hold the transaction that they are read in, and are closed by the task that opened it."""
    chunks = _commas(of, rows) if kind == "csv" else _book(of, rows, at)
    return await download(chunks, name=f"{name}.{kind}", media_type=KINDS[kind])


async def _commas(of: Table, rows: Rows) -> AsyncGenerator[bytes, None]:
    chunk = [commas.MARK + commas.line(of.titles)]
    async with aclosing(rows):
        async for row in rows:
            chunk.append(commas.line(row))
            if len(chunk) == TOGETHER:
                yield b"".join(chunk)
                chunk.clear()
    yield b"".join(chunk)


async def _book(of: Table, rows: Rows, at: datetime) -> AsyncGenerator[bytes, None]:
    """It is whole before its first byte leaves: a workbook has its table of contents at the end."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "list.xlsx"
        book = Book(str(path), of, at=at, folder=folder)
        try:
            async with aclosing(rows):
                async for row in rows:
                    book.add(row)
            await asyncio.to_thread(book.close)
        finally:
            book.drop()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
