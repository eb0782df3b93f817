"""python -m bench sla [--json] [--calls N] [--promises N] [--data FOLDER]

CPU of the calendar's questions beside other libraries, and of the ledger with N open promises in PostgreSQL.
"""

import argparse
import json
from pathlib import Path

from bench import load
from bench.pages import cost
from bench.sla import calls, database, others
from bench.sla.figures import Figure, print_table

_SLOW = 200  # calls of those who are slow


def main(argv: list[str]) -> int:
    """Prints a table, or JSON with --json; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench sla", description=__doc__)
    parser.add_argument("--calls", type=int, default=200_000, help="calls per question")
    parser.add_argument("--promises", type=int, default=1_000_000, help="open promises; 0 leaves PostgreSQL out")
    parser.add_argument("--data", type=Path, default=load.DATA)
    parser.add_argument("--json", action="store_true", help="for machines")
    wanted = parser.parse_args(argv)
    strain = [cost.strain()]
    figures = [*calls.measure(wanted.calls), *others.measure(calls.spread(wanted.calls)[:: -(-wanted.calls // _SLOW)])]
    strain.append(cost.strain())
    if wanted.promises:
        figures += database.measure(wanted.data.absolute(), wanted.promises)
        strain.append(cost.strain())
    if wanted.json:
        print(json.dumps({figure.name: _plain(figure) for figure in figures}, ensure_ascii=False, indent=2))
    else:
        print_table(figures, strain)
    return int(any(figure.verdict == "MISS" for figure in figures))


def _plain(figure: Figure) -> dict[str, object]:
    used = None if figure.used is None else round(figure.used, 3)
    return {"cpu": used, "bar": figure.bar, "unit": figure.unit, "verdict": figure.verdict, "note": figure.note}
