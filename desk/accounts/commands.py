"""desk token, desk people invite"""

import click

from desk import db, settings
from desk.accounts import actions as accounts
from desk.accounts import rules
from desk.directory import queries as directory
from desk.directory.commands import as_operator, import_people


@click.group()
def people() -> None:
    """Import people, invite them."""


people.add_command(import_people)


@people.command()
@click.argument("login")
@click.option("--reset", is_flag=True, help="A password reset (60 minutes) instead of an invitation (7 days).")
def invite(login: str, reset: bool) -> None:
    """Print a link, good once, with which somebody sets the own password."""
    click.echo(as_operator(_invite(login, rules.RESET if reset else rules.INVITATION)))


@click.command()
@click.argument("login")
@click.option("--tier", type=click.IntRange(0, 4), default=4, show_default=True, help="The highest tier it reaches.")
@click.option("--days", type=click.IntRange(1, 365), default=30, show_default=True, help="How long it is good for.")
@click.option("--read-only", is_flag=True, help="It changes nothing.")
def token(login: str, tier: int, days: int, read_only: bool) -> None:
    """Print an API token that speaks for somebody; it is the last word and shown only now.

    It reaches every tier unless told otherwise, since whoever holds this shell acts for the operator.
    """
    made = as_operator(_token(login, tier, days, writes=not read_only))
    click.echo(f"Authorization: Bearer {made}")


async def _invite(login: str, kind: str) -> str:
    async with db.acting_as(db.NOBODY):
        person = await directory.person_called(login)
        secret = await accounts.make_link(person.id, kind)
    return f"{settings.current().base_url}/links/{secret}"


async def _token(login: str, tier: int, days: int, *, writes: bool) -> str:
    async with db.acting_as(db.NOBODY):
        person = await directory.person_called(login)
        return await accounts.make_token(person.id, "desk token", cap=tier, days=days, writes=writes)
