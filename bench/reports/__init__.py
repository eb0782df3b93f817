"""python -m bench reports [--json] [--requests N ...] [--data FOLDER]

CPU of reports over 24 months and 20 departments, in a database of its own for each number of requests.
"""

import argparse
import asyncio
import json
from contextlib import ExitStack
from pathlib import Path

from bench import load
from bench.pages import cost
from bench.reports import files, firm, pages
from bench.search.figures import Figure, print_table
from desk.embedded.folder import Folder
from desk.embedded.postgres import Postgres
from desk.embedded.valkey import Valkey


def main(argv: list[str]) -> int:
    """Prints a table, or JSON with --json; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench reports", description=__doc__)
    parser.add_argument("--requests", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--data", type=Path, default=load.DATA)
    parser.add_argument("--json", action="store_true", help="for machines")
    wanted = parser.parse_args(argv)
    strain, figures = [cost.strain()], []
    for requests in wanted.requests:
        figures += run(wanted.data.absolute(), requests)
        strain.append(cost.strain())
    if wanted.json:
        print(json.dumps({one.name: one.plain() for one in figures}, ensure_ascii=False, indent=2))
    else:
        print_table(figures, strain)
    return int(any(one.verdict == "MISS" for one in figures))


def run(data: Path, requests: int) -> list[Figure]:
    with ExitStack() as running:
        running.enter_context(Folder(data).lock())
        postgres = running.enter_context(Postgres(data, load.HASTE))
        valkey = running.enter_context(Valkey(data))
        firm.prepare(postgres, requests)
        found = asyncio.run(pages.measure(postgres.url(firm.name(requests)), valkey.url(), requests))
        if requests >= 1_000_000:
            superuser = postgres.url(firm.name(requests), user="postgres")
            found += asyncio.run(files.measure(postgres.url(firm.name(requests)), superuser, valkey.url()))
        return [one._replace(name=f"{requests:,} requests: {one.name}") for one in found]
