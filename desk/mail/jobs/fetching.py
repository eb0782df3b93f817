"""Letters fetched from a mailbox: each is kept, and only after the commit moved to Processed.

What is in the folder and not in the database is fetched, whatever its flags say; so a process that is killed anywhere
in between leaves nothing behind that the next one does not find.
"""

import asyncio
import logging
from collections import Counter
from contextlib import suppress

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from desk import clock, db
from desk.faults import places
from desk.mail.actions import channels, mailboxes
from desk.mail.actions.letters import Arrived
from desk.mail.actions.mailboxes import FAILED, PROCESSED, NoEntry, NoFolder, NotMoved, Session
from desk.mail.actions.tokens import NoToken, Purse
from desk.mail.jobs.keeping import keep, note_fault
from desk.mail.queries import channels as seen
from desk.mail.rules.fetching import TRIES, Fault, pause, portions
from desk.mail.rules.limits import MOST_BYTES, Reason
from desk.mail.rules.mailboxes import Mailbox

POLL = 60.0  # seconds after which one looks although the server has said nothing
SOON = 1.0  # seconds until what could not be moved is moved once more
GATHERING = 0.1  # seconds: letters come in bursts, and a server that chatters must not keep us busy
_FAULTS: tuple[tuple[type[Exception], Fault], ...] = (
    (NoEntry, Fault.LOGIN),
    (NoToken, Fault.TOKEN),
    (NoFolder, Fault.FOLDER),
    (NotMoved, Fault.FOLDER),
    (db.Unavailable, Fault.DATABASE),
    (IMAPClientAbortError, Fault.UNREACHABLE),
    (IMAPClientError, Fault.SERVER),
    (OSError, Fault.UNREACHABLE),
)

log = logging.getLogger(__name__)


async def fetch(mailbox: Mailbox, *, poll: float = POLL) -> None:
    """For ever. Faults are waited for, longer each time; of two processes one fetches."""
    box = Box(mailbox, poll)
    while True:
        try:
            await box.visit()
        except Exception as error:
            fault = next((fault for kind, fault in _FAULTS if isinstance(error, kind)), None)
            await box.rest(fault or Fault.SERVER, told=fault is not None, error=error)


class Box:
    def __init__(self, mailbox: Mailbox, poll: float) -> None:
        self.mailbox, self.poll = mailbox, poll
        self.purse = Purse()
        self.tries: Counter[int] = Counter()  # of letters that were asked for and are not kept yet
        self.faults = 0
        self.stuck = 0  # rounds in a row in which the server kept letters where they were

    async def visit(self) -> None:
        """Until something fails."""
        async with db.lease(self.mailbox.name) as lease, mailboxes.session(self.mailbox, self.purse) as session:
            await self._compare(session)
            after = 0
            while True:
                lease.check()
                after = await self.round(session, after)
                self.faults = 0
                await session.news(SOON if self.stuck == 1 else self.poll)
                await asyncio.sleep(GATHERING)

    async def rest(self, fault: Fault, *, told: bool, error: Exception) -> None:
        self.faults += 1
        why = type(error).__name__ if told else places(error)
        log.warning("%s: %s, for the %d. time: %s", self.mailbox.name, fault.value, self.faults, why)
        with suppress(db.Unavailable):
            await note_fault(self.mailbox.name, fault)
        await asyncio.sleep(pause(fault, self.faults))

    async def round(self, session: Session, after: int) -> int:
        """Everything above `after` is kept and moved. Returns up to where nothing is left to do."""
        uids = await session.uids(after)
        async with db.acting_as(db.NOBODY, writing=False):
            kept = await seen.kept(self.mailbox.name, session.uidvalidity, uids)
        stuck = await self._move([uid for uid in kept if kept[uid]], PROCESSED, session)
        stuck |= await self._move([uid for uid in kept if not kept[uid]], FAILED, session)
        sizes = await session.sizes(set(uids) - kept.keys())
        for portion in portions(sizes, self.tries):
            stuck |= await self._take(portion, sizes, session)
        after = self._next(after, uids, [uid for uid in sizes if self.tries[uid]], stuck)
        async with db.acting_as(db.NOBODY):
            place = {"uidvalidity": session.uidvalidity, "last_uid": after}
            await channels.went_well(self.mailbox.name, at=clock.now(), **place)
        if stuck:
            await note_fault(self.mailbox.name, Fault.FOLDER)
        return after

    def _next(self, after: int, uids: list[int], missing: list[int], stuck: bool) -> int:
        """What was not given is asked for again; what could not be moved once more, then by the next session."""
        self.stuck = self.stuck + 1 if stuck else 0
        if self.stuck == 1:
            return after
        return min(missing) - 1 if missing else max([after, *uids])

    async def _take(self, portion: list[int], sizes: dict[int, int], session: Session) -> bool:
        """One portion: kept, committed, then moved. True when it stays where it is."""
        first = portion[0]
        if sizes[first] > MOST_BYTES or self.tries[first] >= TRIES:
            return await self._give_up(portion, sizes, session)
        self.tries.update(portion)
        taken = await session.letters(portion)
        for uid, content in taken.items():
            await keep(self._arrived(session, uid, content))
            del self.tries[uid]
        return await self._move(list(taken), PROCESSED, session)

    async def _give_up(self, portion: list[int], sizes: dict[int, int], session: Session) -> bool:
        for uid in portion:
            big = sizes[uid] > MOST_BYTES
            fault = f"{Reason.TOO_BIG.value}: {sizes[uid]} bytes" if big else f"{Reason.NOT_TAKEN.value}: {TRIES} tries"
            head = await session.head(uid) if big else b""
            await keep(self._arrived(session, uid, head), fault)
            self.tries.pop(uid, None)
        return await self._move(portion, FAILED, session)

    def _arrived(self, session: Session, uid: int, content: bytes) -> Arrived:
        return Arrived(
            self.mailbox.name, content, recipients=[self.mailbox.recipient], uidvalidity=session.uidvalidity, uid=uid
        )

    async def _move(self, uids: list[int], folder: str, session: Session) -> bool:
        """A server that keeps them where they are costs nothing but order: they are known. True when it does."""
        try:
            await session.move(uids, folder)
        except NotMoved:
            log.warning("%s: %d letters are kept, but could not be moved to %s", self.mailbox.name, len(uids), folder)
            return True
        return False

    async def _compare(self, session: Session) -> None:
        async with db.acting_as(db.NOBODY, writing=False):
            before = await seen.uidvalidity(self.mailbox.name)
        if before not in (None, session.uidvalidity):
            self.tries.clear()
            log.warning("%s: UIDVALIDITY has changed, everything in it is looked at anew", self.mailbox.name)
