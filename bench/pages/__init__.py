"""python -m bench pages [--json] [--requests N] [--data FOLDER] [--patience SECONDS]

CPU per operation of web and database, latency and memory, at 1,000 and at N requests side by side.
"""

import argparse
import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import load
from bench.pages import cost
from bench.pages.measure import Patience, Visitors, least, measure
from bench.pages.operations import OPERATIONS
from bench.pages.report import print_table
from bench.pages.site import Site
from desk import settings
from desk.embedded.folder import Folder
from desk.embedded.postgres import Postgres
from desk.embedded.valkey import Valkey

SMALL = 1000
_PORT = 8610


def main(argv: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench pages", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--data", type=Path, default=load.DATA)
    parser.add_argument("--only", default="", help="names of operations, separated by commas")
    parser.add_argument("--patience", type=float, default=0, help="seconds to wait in all for a calm machine")
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(argv)
    with Folder(wanted.data).lock(), Postgres(wanted.data.absolute()) as postgres:
        only = set(filter(None, wanted.only.split(",")))
        found = run(postgres, wanted.data.absolute(), wanted.requests, only, Patience(wanted.patience))
    if wanted.json:
        print(json.dumps(found, indent=2))
    else:
        print_table(found)


def run(postgres: Postgres, data: Path, requests: int, only: set[str], patience: Patience) -> dict[str, Any]:
    """{"requests", "operations": {name: {"small", "large", "ratio"}}, "pss_mib"}"""
    for size in (SMALL, requests):
        if not load.loaded(postgres, size):
            load.load(postgres, size)
    with ExitStack() as running:
        valkey = running.enter_context(Valkey(data))
        os.environ["DESK_VALKEY_URL"] = valkey.url()  # signing in rings the bell here too
        settings.current.cache_clear()
        sites = [
            running.enter_context(Site(postgres, valkey.url(n), size, port=_PORT + n, folder=data / f"site_{size}"))
            for n, size in enumerate((SMALL, requests))
        ]
        visitors = running.enter_context(Visitors())
        operations = {}
        for what in OPERATIONS:
            if not only or what.name in only:
                figures = measure(what, sites, visitors, patience)
                small, large = (figure.summary(least(figures)) for figure in figures)
                ratio = round(large["cpu"] / small["cpu"], 2)
                operations[what.name] = {"bar": what.bar, "small": small, "large": large, "ratio": ratio}
        memory = {name: round(cost.pss(one.pid), 1) for name, one in sites[1].programs.items()}
    return {"requests": requests, "operations": operations, "pss_mib": memory}
