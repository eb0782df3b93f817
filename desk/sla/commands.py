"""`desk sla`: the promise engine at the shell."""

import sys

import click


@click.group()
def sla() -> None:
    """Calendars and promises."""


@sla.command("eval")
def evaluate() -> None:
    """Answer cases (JSON lines on stdin) with the rules of this desk, one JSON line each, in the same order."""
    import msgspec  # a shell command that is not used should not cost its start-up time

    from desk.sla.rules import cases
    from desk.sla.rules.cases.calendars import Calendars

    calendars, encode = Calendars(), msgspec.json.Encoder().encode
    for line in sys.stdin.buffer:
        if line.strip():
            sys.stdout.buffer.write(encode(cases.answer(line, calendars)) + b"\n")
