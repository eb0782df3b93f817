"""A letter's words: the sentence of its notice and, as far as letters carry them, the words that it is about."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk import settings
from desk.directory.queries import Person
from desk.disclosure.rules.reading import Shown
from desk.i18n import either, say
from desk.journal.queries import Fact
from desk.journal.rules import Tag
from desk.notices.rules import Place, place
from desk.outbox.queries import facts as of
from desk.outbox.queries.facts import About, Gathered, Row
from desk.outbox.rules.said import Said
from desk.sla.queries import clocks
from desk.sla.queries import promises as ledger
from desk.sla.queries.promises import Told
from desk.sla.rules import why
from desk.sla.rules.kinds import HELD, REPLIES
from desk.tickets.queries import missing
from desk.web import times

LEAST = 1  # the highest tier whose words every letter carries
INSIDE = 2  # and letters to addresses of the house, where the desk is told which those are


class Matters(Struct, frozen=True, kw_only=True):
    """What one letter is about."""

    fact: Fact
    to: Person
    language: str
    zone: str
    ticket: Row | None
    words: Row | None
    at: datetime
    by: str | None  # who did it
    files: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()

    def misses(self, about: About) -> bool:
        """Something that it is about may not be read, whatever its entry says: then nothing is told."""
        no_words = about.subject.startswith("update:") and self.words is None
        return about.ticket is not None and (self.ticket is None or no_words)

    @property
    def tier(self) -> int:
        return max(self.ticket["tier"] if self.ticket else 0, self.words["tier"] if self.words else 0)

    @property
    def carries(self) -> bool:
        """Whether letters to this address carry words of this tier (specs/disclosure.md, How)."""
        inside = self.to.email.rpartition("@")[2].lower() in settings.current().mail_inside and not self.to.guest
        return self.ticket is not None and self.tier <= (INSIDE if inside else LEAST)

    @property
    def shut(self) -> Shown:
        """What of it is of tier 2 and above, and so written down for whoever is written to."""
        return Shown(
            tickets=[self.ticket["id"]] if self.ticket and self.ticket["tier"] > LEAST else [],
            updates=[self.words["id"]] if self.words and self.words["tier"] > LEAST else [],
        )

    @property
    def acknowledges(self) -> bool:
        return self.fact.tag is Tag.REQUEST_FILED and self.ticket is not None and self.ticket["requester"] == self.to.id

    @property
    def news(self) -> Place | None:
        """What it is about, where that is no request and nothing of it is shut."""
        at = place(self.fact.tag)
        return None if self.ticket is not None or at.shut else at

    def say(self, key: str, **values: Any) -> str:
        return say(self.language, f"outbox.{key}", **values)


def matters(fact: Fact, found: Gathered, at: datetime) -> Matters:
    to = found.to
    return Matters(
        fact=fact, to=to, language=to.language or settings.current().language,
        zone=times.zone(to.zone or settings.current().zone).key, ticket=found.ticket, words=found.words,
        at=at, by=found.by, files=found.files, chain=found.chain,
    )  # fmt: skip


async def gathered(fact: Fact, about: About, to: Person, at: datetime) -> Matters:
    """For a line of a digest."""
    ticket = None if about.ticket is None else await of.ticket(about.ticket)
    return Matters(
        fact=fact, to=to, language=to.language or settings.current().language,
        zone=times.zone(to.zone or settings.current().zone).key, ticket=ticket,
        words=await of.words(about.subject) if ticket else None, at=at, by=await of.name(fact.by),
    )  # fmt: skip


async def said(m: Matters) -> Said:
    words = _words(m)
    return Said(
        language=m.language,
        greeting=m.say("greeting", name=m.to.name),
        sentence=sentence(m),
        number=m.ticket["number"] if m.ticket else 0,
        title=m.ticket["title"] if m.ticket and m.carries else "",
        author=(m.by or "") if words else "",
        words=words,
        why=(m.words["why"] or "") if words and m.words else "",
        files=m.files if words else (),
        promise=await _promise(m),
        missing=await _missing(m),
        link=link(m),
        opens=m.say("open_page", page=title(m)) if m.news else m.say("open_notices"),
        answers=m.ticket is not None,
        often=often(),
    )


def sentence(m: Matters) -> str:
    """One way to say an entry: the notices'. Of what is shut, only that there is something."""
    by = m.by or m.say("the_desk")
    if m.ticket is None and not m.news:
        return m.say("news_without_request")
    if m.acknowledges:
        return m.say("received") if m.fact.by == m.to.id else m.say("received_for_you", by=by)
    if not (m.carries or m.news):
        return m.say("changed")
    return m.say("sentence_end", said=say(m.language, f"notices.{m.fact.tag.value}", by=by))


def title(m: Matters) -> str:
    if m.news:
        return say(m.language, f"notices.{m.news.title}")
    if m.ticket is None:
        return m.say("news_without_request")
    return m.ticket["title"] if m.carries else m.say("received_title" if m.acknowledges else "changed_title")


def often() -> str:
    return f"{settings.current().base_url}/outbox/settings"


def link(m: Matters) -> str:
    path = f"/requests/{m.ticket['number']}" if m.ticket else m.news.href if m.news else "/notices"
    return settings.current().base_url + path


def _words(m: Matters) -> str:
    """What somebody wrote; of a new request its own words, for who may take it. The desk itself quotes nobody."""
    if not m.carries or m.ticket is None or m.fact.by is None:
        return ""
    filed = m.fact.tag is Tag.REQUEST_FILED and not m.acknowledges
    row = m.words or (m.ticket if filed else None)
    return row["body"] if row and row["removed_at"] is None else ""


async def _missing(m: Matters) -> tuple[str, ...]:
    if not (m.acknowledges and m.carries and m.ticket):
        return ()
    return tuple(either(m.language, zh, en) for zh, en in await missing.facts(m.ticket["id"]))


async def _promise(m: Matters) -> str:
    """The word that the entry is about, or was given with these words, or that is owed to a requester next; none of
    other words, which may be shut further. Of what is shut, only in the requester's acknowledgement.
    """
    if m.ticket is None or not (m.carries or m.acknowledges):
        return ""
    owed = [one for one in await ledger.of_ticket(m.ticket["id"]) if one.settled_at is None]
    named = [one for one in owed if one.id == m.fact.data.get("promise")]
    given = [one for one in owed if m.words and one.of_update == m.words["id"]]
    mine = [one for one in owed if one.promisee == m.to.id and one.kind in HELD]
    first = next(iter([*named, *given, *mine]), None)
    return await _told(first, m) if first else ""


async def _told(promise: Told, m: Matters) -> str:
    """In words, with the reason; each day by its name, because a letter is read tomorrow too. Of what is shut, the desk
    owes it: hours and cut-offs say nothing of what was asked, whose they are may.
    """
    manner: dict[str, Any] = {"language": m.language, "zone": m.zone, "now": None}
    facts, promisor = await ledger.facts(promise, m.at), m.say("the_desk_owes")
    if m.carries:
        promisor = (await clocks.version(promise.calendar)).name(m.language)
    else:  # a name is somebody's words, such as a rule's
        facts = tuple(fact for fact in facts if not (fact.name or fact.names))
    line = why.line(facts, promise.due_at, kind=promise.kind, promisor=promisor, **manner)
    if not m.carries:
        return _owed(promise, m, line)
    if promise.what:
        return m.say("promised_what", what=promise.what, line=line)
    if promise.promisee != m.to.id or promise.kind not in HELD:
        return m.say("promised", line=line)
    return _owed(promise, m, line)


def _owed(promise: Told, m: Matters, line: str) -> str:
    return m.say("answer_promised" if promise.kind in REPLIES else "result_promised", line=line)


def sender(m: Matters) -> str:
    """Whose letter it is; of what is shut, not even that."""
    if m.ticket is None or not m.carries:
        return m.say("the_desk")
    return either(m.language, m.ticket["name_zh"], m.ticket["name_en"])
