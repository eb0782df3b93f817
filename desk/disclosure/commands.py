"""`desk disclosure`: who reads what, and why, at the shell."""

from dataclasses import replace

import click

from desk import clock, db
from desk.directory import queries as directory
from desk.directory.commands import as_operator
from desk.disclosure.queries import explanation
from desk.disclosure.queries.explanation import Row
from desk.disclosure.rules import Keys
from desk.disclosure.rules.grounds import Ground, Sight, sight
from desk.i18n import LANGUAGES, NotFound, either, say


@click.group()
def disclosure() -> None:
    """Who reads what, and why."""


@disclosure.command
@click.argument("person")
@click.argument("request", type=click.IntRange(1, 2**53))
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def explain(person: str, request: int, language: str) -> None:
    """READ, MARK or NONE for each portion of a request as PERSON (a login) sees it now, with the ground of each.

    Labels and tokens only: no words, no titles, no names of files or of other people are shown.
    """
    for line in as_operator(explained(person, request, language)):
        click.echo(line)


async def explained(login: str, number: int, language: str) -> list[str]:
    """Raises Refused for a login that nobody has, NotFound for a number that no request has."""
    async with db.acting_as(db.NOBODY, writing=False):
        person = await directory.person_called(login)
        rows = await explanation.portions(number)
        until = await explanation.granted_until(person.id, clock.now())
    if not rows:
        raise NotFound
    async with db.acting_as(db.Reader(person.id), writing=False):
        held = await explanation.keys_of_reader()
    granted = until.isoformat(timespec="minutes") if until else ""
    return [_line(row, *seen, language, granted) for row, seen in sights(rows, held, person.id)]


def sights(rows: list[Row], held: Keys, who: int) -> list[tuple[Row, tuple[Sight, Ground, str]]]:
    """The request first: nothing is marked under one that may not be read."""
    request = sight(rows[0].facts, held, who)[0]
    found = []
    for row in rows:
        found.append((row, sight(replace(row.facts, readable=request is Sight.READ), held, who)))
    return found


def _line(row: Row, what: Sight, ground: Ground, lock: str, language: str, granted: str) -> str:
    owner = either(language, row.owner_zh, row.owner_en)
    tier = say(language, f"disclosure.tier_{row.facts.tier.value}")
    why = say(language, f"disclosure.ground_{ground.value}", owner=owner, until=granted)
    why += f" ({lock})" if lock else ""
    return f"{what.value:4}  {row.portion:7}  {row.token:16}  {row.facts.tier.value} {tier}, {owner}, {row.day}  {why}"
