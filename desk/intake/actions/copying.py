"""To and CC: colleagues who are written to as well look on, as far as they may read it."""

from collections.abc import Sequence
from datetime import datetime

from desk import db, settings
from desk.directory import queries as directory
from desk.i18n import Refused
from desk.intake.queries import requests
from desk.intake.rules import places
from desk.mail.rules.letters import Envelope
from desk.tickets import actions as tickets
from desk.tickets.queries import cases

MOST = 10


async def copy(envelope: Envelope, ticket: int, *, at: datetime) -> None:
    for person in await _known(envelope, at):
        async with db.speaking_for(db.Reader(person)):
            await _watch(ticket, person, at)


async def _known(envelope: Envelope, at: datetime) -> Sequence[int]:
    """People of the company, each once, without whoever wrote it."""
    own = settings.current().mail_address
    told = [one.lower() for one in (*envelope.to, *envelope.cc) if not places.is_own(one, own)]
    found: list[int] = []
    for address in list(dict.fromkeys(told))[: 5 * MOST]:
        person = await directory.person_at(address, at) if address != envelope.from_addr.lower() else None
        if person and len(found) < MOST:
            found.append(person.id)
    return found


async def _watch(ticket: int, person: int, at: datetime) -> None:
    """Who may not read it is not told of it; who takes part anyway need not watch."""
    number = await requests.number(ticket)
    if number is None or await requests.is_participant(number, person, by_rank=False):
        return
    try:
        await tickets.watch(await cases.case(number, at=at), at=at)
    except Refused:
        return
