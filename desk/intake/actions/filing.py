"""A letter that begins something: a new request."""

from datetime import datetime

from desk import db, settings
from desk.catalog import queries as catalog
from desk.catalog.rules.routing import Facts
from desk.directory import queries as directory
from desk.disclosure.queries import writer
from desk.disclosure.rules import Reason, Tier
from desk.i18n import say
from desk.intake.actions import threads
from desk.intake.actions.speaking import desk_person, reader
from desk.intake.actions.wording import Wording, beginning, original, wording
from desk.intake.rules import places
from desk.intake.rules.forwards import forwarded
from desk.intake.rules.places import Place
from desk.intake.rules.speakers import Speaker
from desk.mail.actions.work import Became, Kept
from desk.mail.rules.letters import Letter
from desk.mail.rules.work import left_behind
from desk.tickets import actions as tickets
from desk.tickets.actions.filing import Filing
from desk.tickets.actions.updates import Shut
from desk.tickets.queries import cases
from desk.tickets.rules.files import BYTES
from desk.tickets.rules.states import HANDLER


async def file(kept: Kept, letter: Letter, who: Speaker, *, at: datetime) -> Became:
    inner = await _inner(letter, who, at)
    above, words = forwarded(letter) if letter.standing.is_forward else ("", None)
    told = wording(letter, kept.content, who.language, words if inner else letter.text if above else None)
    filing = await _filing(
        told, await _place(kept, letter), inner or who.person, unverified=bool(inner) or not who.verified
    )
    number = await tickets.file(filing, at=at, files=told.files)
    case = await cases.held(number, at=at)
    if inner and above:
        await tickets.note(case, above, Shut(), at=at)
    return Became(outcome="request", ticket=case.id)


async def _inner(letter: Letter, who: Speaker, at: datetime) -> int | None:
    """Who wrote what a verified handler passes on: it is asked in their name, though nobody vouches for that."""
    address = letter.standing.forwarded_from
    if not (letter.standing.is_forward and address and who.verified):
        return None
    author = await directory.person_at(address, at)
    levels = (await writer(who.person, at)).levels
    handles = any(level >= HANDLER for level in levels.values())
    return author.id if author and handles and author.id != who.person else None


async def file_for(handler: int, kept: Kept, letter: Letter, *, at: datetime) -> Became:
    """A handler has taken it on: in the name of whoever wrote it, as far as the desk knows them, else in its own."""
    author = await directory.person_at(letter.envelope.from_addr, at) if letter.envelope.from_addr else None
    requester = author.id if author else await desk_person()
    async with db.speaking_for(db.Reader(handler)):
        told = wording(letter, kept.content, settings.current().language)
        place = await _place(kept, letter)
        filing = await _filing(told, place, requester, unverified=True)
        number = await tickets.file(filing, at=at, files=told.files)
        return Became(outcome="request", ticket=(await cases.case(number, at=at)).id)


async def file_unread(kept: Kept, who: Speaker, reason: str, *, at: datetime) -> int:
    """A letter that nobody could read is a request all the same, with the original, or with its headers where the
    postroom could take no more. Returns its id.
    """
    async with db.speaking_for(reader(who)):
        became = "left" if left_behind(kept.fault) else "unread"
        filing = Filing(
            title=say(who.language, f"intake.{became}_title"),
            body=say(who.language, f"intake.{became}_body", reason=say(who.language, f"intake.reason_{reason}")),
            channel="mail", unverified=True,
        )  # fmt: skip
        file = beginning(kept.content) if became == "left" else original(kept.content)
        fits = 0 < len(file.content) <= BYTES
        number = await tickets.file(filing, at=at, files=[file] if fits else [])
        return (await cases.case(number, at=at)).id


async def _place(kept: Kept, letter: Letter) -> Place:
    named = places.names(threads.addressed(kept, letter), settings.current().mail_address)
    if not named:
        return Place()
    services = await catalog.services()
    return places.place(named, services, [one.code for one in await directory.departments()])


async def _filing(told: Wording, place: Place, requester: int, *, unverified: bool) -> Filing:
    to = (await directory.department_called(place.department)).id if place.department else None
    shut = await _is_unmatched(told, place, requester)
    return Filing(
        title=told.title, body=told.body, service=place.service, to=to, channel="mail", unverified=unverified,
        requester=requester, tier=Tier.DEPARTMENT if shut else None, reason=Reason.PERSONAL_DATA if shut else None,
    )  # fmt: skip


async def _is_unmatched(told: Wording, place: Place, requester: int) -> bool:
    """What no address and no rule places is not open to all: nobody has told its writer who would read it."""
    if place != Place():
        return False
    service = await catalog.catch_all()
    department = (await directory.person(requester)).department
    route = await catalog.route_of(Facts(department, f"{told.title}\n{told.body}"), service)
    return route.rule is None and service.tier < Tier.DEPARTMENT
