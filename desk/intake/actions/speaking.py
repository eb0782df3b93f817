"""Whose letter it is, as far as the directory knows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from desk import db, settings
from desk.catalog import queries as catalog
from desk.directory import actions as people
from desk.directory import queries as directory
from desk.i18n import say
from desk.intake.rules.speakers import Speaker, is_verified
from desk.mail.rules.letters import Envelope
from desk.mail.rules.signed import Mark, Signer

OWN_WORDS = 2  # what somebody reaches who did not prove who they are: no rank, no grant


def signer() -> Signer:
    now = settings.current()
    return Signer(secret=now.secret, address=now.mail_address)


def marks(addresses: Sequence[str]) -> list[Mark]:
    """Of the addresses that answers to a request go to."""
    read = signer().read_reply_address
    return [mark for address in addresses if (mark := read(address))]


async def speaker(envelope: Envelope, bound_to: Collection[int], *, at: datetime) -> Speaker | None:
    """None for an address that nobody has who is here."""
    person = await directory.person_at(envelope.from_addr, at) if envelope.from_addr else None
    if person is None:
        return None
    trusted = settings.current().mail_trust
    return Speaker(
        person=person.id,
        name=person.name,
        language=person.language or settings.current().language,
        guest=person.guest,
        verified=is_verified(envelope, trusted=trusted, bound_to=bound_to, person=person.id),
    )


async def unproven(address: str, *, at: datetime) -> Speaker:
    """Whoever may have written what nobody could read; else the desk itself."""
    person = await directory.person_at(address, at) if address else None
    if person is None or person.guest:
        person = await directory.person(await desk_person())
    language = person.language or settings.current().language
    return Speaker(person=person.id, name=person.name, language=language, guest=False, verified=False)


async def desk_person() -> int:
    now = settings.current()
    service = await catalog.catch_all()
    name = say(now.language, "intake.own_name")
    return await people.own_person(name=name, email=now.mail_address, department=service.department)


def reader(of: Speaker) -> db.Reader:
    return db.Reader(of.person) if of.verified else db.Reader(of.person, OWN_WORDS)
