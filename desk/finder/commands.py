"""`desk search`: the index of words at the shell."""

import click

from desk import db
from desk.directory.commands import as_operator
from desk.finder import actions as finder
from desk.i18n import LANGUAGES, say
from desk.search import queries

PORTION = 500


@click.group()
def search() -> None:
    """The index of words."""


@search.command
def index() -> None:
    """Put words into the index that are older than it; the worker does a few thousand a day by itself."""
    done = as_operator(_index())
    for language in LANGUAGES:
        click.echo(say(language, "finder.indexed", n=done))


async def _index() -> int:
    done, more = 0, True
    while more:
        async with db.acting_as(db.NOBODY):
            missing = await queries.missing(at_most=PORTION)
        before = done
        for reader, portions in missing.items():
            async with db.acting_as(db.Reader(reader)):
                done += await finder.index(portions)
        more = done > before
    return done
