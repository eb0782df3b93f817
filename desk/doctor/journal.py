"""`desk journal`: whether what happened still stands as it was written."""

from datetime import timedelta

import click

from desk import clock, db
from desk.directory.commands import as_operator
from desk.i18n import LANGUAGES, Refused, Sentence, say
from desk.journal import actions, queries

LATE = timedelta(minutes=10)  # a sealer at work chains within a minute
_LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)


@click.group()
def journal() -> None:
    """The journal and the chain over it."""


@journal.command
@_LANGUAGE
def verify(language: str) -> None:
    """Go through the whole chain: names the first entry that was altered or is gone, and an end that was cut off.

    Ends with 1 when anything is wrong.
    """
    faults, sound = as_operator(verified())
    for sentence in faults or [sound]:
        click.echo(sentence.say(language))
    if faults:
        raise SystemExit(1)


@journal.command("anchor")
@_LANGUAGE
def set_anchor(language: str) -> None:
    """Let the anchor know the present end of the chain, after a restore or a new secret, when you know why it does not.

    Refused while a link is broken.
    """
    as_operator(anchored())
    click.echo(say(language, "doctor.anchor_set"))


async def verified() -> tuple[list[Sentence], Sentence]:
    """What is wrong, and what is said when nothing is."""
    known = await actions.anchored()
    async with db.acting_as(db.NOBODY, writing=False):
        head = await queries.head()
        until = head.position if head else 0
        faults = await _broken(until)
        if (until or known) and (known is None or not await queries.holds(known)):
            faults += [Sentence("doctor.chain_cut", n=until) if known else Sentence("doctor.no_anchor")]
        waiting = await queries.unchained()
    if waiting.oldest is not None and clock.now() - waiting.oldest > LATE:
        faults.append(Sentence("doctor.unchained", n=waiting.many))
    return faults, Sentence("doctor.chain_sound", n=until, waiting=waiting.many)


async def anchored() -> None:
    async with db.acting_as(db.NOBODY, writing=False):
        head = await queries.head()
        if head is None or await queries.first_broken(head.position) is not None:
            raise Refused("doctor.no_sound_chain")
    await actions.set_anchor(head)


async def _broken(until: int) -> list[Sentence]:
    broken = await queries.first_broken(until)
    if broken is None:
        return []
    if broken.entry is None:
        return [Sentence("doctor.link_gone", link=broken.position)]
    return [Sentence("doctor.entry_altered", entry=broken.entry, link=broken.position)]
