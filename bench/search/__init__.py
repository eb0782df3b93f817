"""python -m bench search [--json] [--updates N] [--data FOLDER]

CPU of a search at N updates, and what row security costs of the request's page, in a database of its own.
"""

import argparse
import asyncio
import json
from contextlib import ExitStack
from pathlib import Path

from bench import load
from bench.pages import cost
from bench.search import firm, page, words
from bench.search.figures import Figure, print_table
from desk.embedded.folder import Folder
from desk.embedded.postgres import Postgres
from desk.embedded.valkey import Valkey


def main(argv: list[str]) -> int:
    """Prints a table, or JSON with --json; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench search", description=__doc__)
    parser.add_argument("--updates", type=int, default=1_000_000)
    parser.add_argument("--data", type=Path, default=load.DATA)
    parser.add_argument("--json", action="store_true", help="for machines")
    wanted = parser.parse_args(argv)
    strain = [cost.strain()]
    figures = run(wanted.data.absolute(), wanted.updates)
    strain.append(cost.strain())
    if wanted.json:
        print(json.dumps({one.name: one.plain() for one in figures}, ensure_ascii=False, indent=2))
    else:
        print_table(figures, strain)
    return int(any(one.verdict == "MISS" for one in figures))


def run(data: Path, updates: int) -> list[Figure]:
    with ExitStack() as running:
        running.enter_context(Folder(data).lock())
        postgres = running.enter_context(Postgres(data, load.HASTE))
        valkey = running.enter_context(Valkey(data))
        firm.prepare(postgres, updates)
        url = postgres.url(firm.name(updates))
        found = asyncio.run(words.measure(url))
        return [
            *found,
            *asyncio.run(page.measure(url, postgres.url(firm.name(updates), user="postgres"), valkey.url())),
        ]
