"""A real web and worker on a copy of a loaded database, and two people who are signed in there."""

import asyncio
import os
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Self

import asyncpg

from bench.load import name
from bench.load.firm import LIN, MEASURED, WU
from bench.load.plan import LONG_UPDATES
from bench.pages.driver import visit
from desk import db, queue
from desk.accounts import actions as accounts
from desk.embedded.postgres import Postgres

_OPEN = """
select number from tickets t where department = $1 and state = 'open' and tier = 1
   and (select count(*) from updates u where u.ticket = t.id) between $2 and $3 order by id desc limit 40
"""
_WORKER = "select pid from pg_stat_activity where application_name = 'worker' and datname = "
_PATIENCE = 60.0  # seconds
_TOKEN = re.compile(r'name="_csrf" value="([0-9a-f]+)"')


class Site:
    def __init__(self, postgres: Postgres, valkey_url: str, requests: int, *, port: int, folder: Path) -> None:
        self.postgres, self.requests, self.port, self.folder = postgres, requests, port, folder
        self.database = f"measured_{requests}"
        self.valkey_url = valkey_url
        self.programs: dict[str, subprocess.Popen[bytes]] = {}
        self.cookies: dict[int, str] = {}
        self.tokens: dict[int, str] = {}
        self.long: list[int] = []
        self.short: list[int] = []

    def __enter__(self) -> Self:
        try:
            self._open()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _open(self) -> None:
        self._copy()
        self.folder.mkdir(parents=True, exist_ok=True)
        for program in ("worker", "web"):
            self.programs[program] = self._start(program)
        self._wait_for_web()
        self.long, self.short = asyncio.run(self._requests())
        self.cookies = asyncio.run(self._sign_in(LIN, WU))
        self.tokens = {person: self._form_token(person) for person in self.cookies}

    def __exit__(self, *_: object) -> None:
        for program in reversed(self.programs.values()):
            program.terminate()
            program.wait(timeout=20)
        self.postgres.psql(f"drop database if exists {self.database} with (force)")

    def get(self, path: str, person: int) -> str:
        return self._head("GET", path, person) + "\r\n"

    def post(self, path: str, person: int, fields: Mapping[str, str]) -> str:
        """As a browser sends a form with files, none of which was chosen."""
        line = f"----{secrets.token_hex(12)}"
        all_fields = {"_csrf": self.tokens[person], "_key": secrets.token_hex(16), **fields}
        parts = [
            f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in all_fields.items()
        ]
        parts.append(
            f'--{line}\r\nContent-Disposition: form-data; name="files"; filename=""\r\n'
            f"Content-Type: application/octet-stream\r\n\r\n\r\n--{line}--\r\n"
        )
        body = "".join(parts)
        kind = f"Content-Type: multipart/form-data; boundary={line}\r\nContent-Length: {len(body.encode())}\r\n\r\n"
        return self._head("POST", path, person) + kind + body

    def page(self, request: str, expect: int) -> str:
        """What one request brings, uncompressed."""
        request = request.replace("Accept-Encoding: gzip, deflate, br\r\n", "")
        task = {"port": self.port, "connections": 1, "expect": expect, "requests": [request]}
        return str(asyncio.run(visit(task))["last"])

    def backends_of_worker(self) -> list[int]:
        return [int(pid) for pid in self.postgres.psql(f"{_WORKER}'{self.database}'").split()]

    def settle(self) -> None:
        """Until nothing is left to follow from what was measured before, but for what waits for the morning."""
        script = (
            "select count(*) from errands where state in ('waiting', 'sent') and next_at < now() + interval '1 hour'"
        )
        end = time.monotonic() + _PATIENCE
        while self.postgres.psql(script, self.database) != "0" and time.monotonic() < end:
            time.sleep(0.2)

    def _copy(self) -> None:
        self.postgres.psql(f"drop database if exists {self.database} with (force)")
        source = name(self.requests)
        self.postgres.psql(f"create database {self.database} template {source} owner desk strategy file_copy")

    def _start(self, program: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DESK_DATA": str(self.folder),
            "DESK_PORT": str(self.port),
            "DESK_DATABASE_URL": f"{self.postgres.url(self.database)}&application_name={program}",
            "DESK_VALKEY_URL": self.valkey_url,
            "DESK_PRODUCTION": "1",
            "DESK_SECRET": secrets.token_hex(24),
        }
        command = [sys.executable, "-P", "-m", "desk.cli", program]
        return subprocess.Popen(command, env=environment, stdout=self._log(program), stderr=subprocess.STDOUT)

    def _log(self, program: str) -> IO[bytes]:
        return (self.folder / f"{program}.log").open("wb")

    def _wait_for_web(self) -> None:
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self._read("/login", None, 200)
                return
            except (OSError, asyncio.IncompleteReadError):
                if time.monotonic() > end or self.programs["web"].poll() is not None:
                    raise SystemExit(f"The web did not start; see {self.folder}/web.log") from None
                time.sleep(0.2)

    async def _requests(self) -> tuple[list[int], list[int]]:
        connection = await asyncpg.connect(self.postgres.url(self.database, user="postgres"))
        try:
            long = await connection.fetch(_OPEN, MEASURED, LONG_UPDATES, LONG_UPDATES)
            short = await connection.fetch(_OPEN, MEASURED, 1, LONG_UPDATES - 1)
            return [row["number"] for row in long], [row["number"] for row in short]
        finally:
            await connection.close()

    async def _sign_in(self, *people: int) -> dict[int, str]:
        """The secrets of their sessions."""
        await db.open_pool(self.postgres.url(self.database), size=1)
        try:
            found = {}
            for person in people:
                async with db.acting_as(db.Reader(person)):
                    found[person] = await accounts.start_session(person, address="127.0.0.1", browser="bench")
            return found
        finally:
            await queue.close()
            await db.close_pool()

    def _form_token(self, person: int) -> str:
        found = _TOKEN.search(self._read("/new?service=finance-1", person, 200))
        assert found, "a form carries its token"
        return found[1]

    def _read(self, path: str, person: int | None, expect: int) -> str:
        return self.page(self._head("GET", path, person) + "\r\n", expect)

    def _head(self, verb: str, path: str, person: int | None) -> str:
        lines = [f"{verb} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept: text/html"]
        lines += ["Accept-Encoding: gzip, deflate, br", "Accept-Language: zh-CN,zh;q=0.9"]
        lines += [f"Cookie: desk-session={self.cookies[person]}"] if person else []
        lines += ["Sec-Fetch-Site: same-origin"] if verb == "POST" else []
        return "".join(f"{line}\r\n" for line in lines)
