"""python -m bench mail [--json] [--letters N] [--worker N] [--requests N] [--seed N] [--data FOLDER]

Letters a second that the box reads, and that a worker understands with all that follows, on a firm that has so many
requests already: the usual letters, Chinese and English, made from a seed.
"""

import argparse
import json
from pathlib import Path

from bench import load
from bench.mail import box, corpus, worker
from bench.mail.figures import Figure, print_table
from bench.pages import cost


def main(argv: list[str]) -> int:
    """Prints a table, or JSON with --json; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench mail", description=__doc__)
    parser.add_argument("--letters", type=int, default=3000)
    parser.add_argument("--worker", type=int, default=500, help="letters that a worker understands; 0: leave it out")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--data", type=Path, default=load.DATA)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="for machines")
    wanted = parser.parse_args(argv)
    strain = [cost.strain()]
    figures = run(wanted.letters, wanted.seed)
    if wanted.worker:
        letters = corpus.letters(wanted.worker, wanted.seed + 1)
        figures += worker.measure(wanted.data.absolute(), wanted.requests, letters)
    strain.append(cost.strain())
    if wanted.json:
        print(json.dumps({one.name: one.plain() for one in figures}, ensure_ascii=False, indent=2))
    else:
        print_table(figures, strain)
    return int(any(one.verdict == "MISS" for one in figures))


def run(count: int, seed: int) -> list[Figure]:
    """What follows from a letter is measured with the same ones."""
    letters = corpus.letters(count, seed)
    return [corpus.figure(letters), *box.measure(letters)]
