"""`desk sla`: the promise engine at the shell."""

import sys
from datetime import datetime
from functools import partial

import click

from desk import clock, db
from desk.directory.commands import as_operator
from desk.i18n import LANGUAGES, Refused, say
from desk.sla.actions.sweep import PORTION
from desk.sla.actions.sweep import sweep as sweep_promises
from desk.sla.queries import explanation, forecasts
from desk.sla.rules.prediction import words


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


@sla.command
@click.argument("promise")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--zone", help="An IANA zone for the times; the department's own unless given.")
def explain(promise: str, language: str, zone: str | None) -> None:
    """Every step from a promise's start to its due: what was counted, pauses, changes, the calendar's version.

    PROMISE is the id that the API gives. No words and no names of people are shown.
    """
    for line in as_operator(explained(promise, language, zone)):
        click.echo(line)


@sla.command
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z"]), help="An instant that is past, with its offset.")
def sweep(at: datetime | None) -> None:
    """Mark what was at risk or broken by an instant, as the worker does; each once, however often it is asked."""
    click.echo(f"Promises marked: {as_operator(sweep_by(at))}.")


@sla.command
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def forecast(language: str) -> None:
    """The newest forecast of late resolutions: what it learnt, how it stood its test, whether it is on."""
    for line in as_operator(foretold(language)):
        click.echo(line)


async def foretold(language: str) -> list[str]:
    async with db.acting_as(db.NOBODY, writing=False):
        made = await forecasts.newest(clock.now())
    if made is None:
        return [say(language, "sla.forecast_none"), say(language, "sla.forecast_none_next")]
    when = words.pair(say(language, "sla.forecast_made"), made.day, language)
    return [when, *words.lines(made.forecast, language)]


async def explained(promise: str, language: str, zone: str | None) -> list[str]:
    """A promise by its token, in sentences. Raises Refused for one that does not exist."""
    async with db.acting_as(db.NOBODY, writing=False):
        return await explanation.lines(promise, language, zone, at=clock.now())


async def sweep_by(at: datetime | None) -> int:
    """Raises Refused for an instant to come: nothing is late before its time."""
    moment = at or clock.now()
    if moment > clock.now():
        raise Refused("sla.sweep_to_come", at=moment.isoformat())
    return await db.in_portions(partial(sweep_promises, moment), at_most=PORTION)
