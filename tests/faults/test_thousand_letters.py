"""A thousand letters through the desk as it runs: two postrooms on one mailbox of a real Dovecot, two workers on one box
of letters, and a real SMTP server for what leaves.
"""

import asyncio
from collections import Counter

import pytest

from desk import settings
from desk.mail.rules.signed import Signer
from tests.faults.mix import BECAME, Mix, expected, hired, kind, title
from tests.faults.trial import LEFT, Trial, until
from tests.intake.post import OURS
from tests.mail.dovecot import Inbox
from tests.outbox.post import Server, parsed

pytestmark = pytest.mark.slow
PATIENCE = 900.0
ANSWERED = 10  # requests that are answered
THOUSAND = 1000
ACKNOWLEDGED = """
select s.message_id from sendings s join tickets t on t.id = s.ticket
 where s.tag = 'request_filed' and s.person = t.requester and t.channel = 'mail' and s.state = 'sent'
"""


async def asked(trial: Trial) -> Mix:
    """林 has asked for some things before, and the desk has told her so."""
    numbers = [await trial.firm.lin_asks_for(title(n)) for n in range(ANSWERED)]
    entries = await trial.column("select id from entries where tag = 'request_filed' order by id")
    signer = Signer(secret=settings.current().secret, address=OURS)
    return Mix(numbers, entries, trial.firm.lin.person, signer)


async def all_settled(trial: Trial, inbox: Inbox) -> None:
    async def nothing_left() -> bool:
        return await trial.count("letters") == THOUSAND and not await trial.superuser.fetchval(LEFT)

    await until(nothing_left, every=0.2, patience=PATIENCE)
    await until(lambda: asyncio.to_thread(lambda: not inbox.holds()), every=0.2)


async def test_of_a_thousand_letters_each_ends_as_it_must_and_the_folder_is_empty(
    trial: Trial, inbox: Inbox, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_IMAP_URL", inbox.url)
    monkeypatch.setenv("DESK_MAIL_LISTEN", "none")
    await hired(trial)
    letters = (await asked(trial)).letters()
    assert len(letters) == THOUSAND
    await asyncio.to_thread(inbox.put, *letters[:500])
    for program in ("postroom", "postroom", "worker", "worker"):
        trial.start(program)
    await asyncio.to_thread(inbox.put, *letters[500:])  # while they are at it
    await all_settled(trial, inbox)

    rows = await trial.superuser.fetch("select content, state, outcome from letters")
    assert Counter((kind(row["content"]), row["state"], row["outcome"]) for row in rows) == expected()
    await followed(trial, server)
    assert (len(inbox.holds("Processed")), len(inbox.holds("Failed"))) == (THOUSAND - 3, 3)  # three were too big


async def followed(trial: Trial, server: Server) -> None:
    """Whoever asked has heard it once, and nobody has heard anything of a machine's letter."""
    opened = BECAME["new"][0] + BECAME["malformed"][0] + BECAME["huge"][0]
    heard = Counter(parsed(content)["Message-ID"].strip("<>") for _, _, content in server.taken)
    assert await trial.count("tickets") == ANSWERED + opened
    assert await trial.count("updates") == BECAME["to_address"][0] + BECAME["by_reference"][0]
    assert await trial.count("attachments where name = 'automatic.eml'") == BECAME["away"][0]
    acknowledged = await trial.column(ACKNOWLEDGED)
    assert len(acknowledged) == opened
    assert {heard[one] for one in acknowledged} == {1}
    assert set(heard.values()) == {1}
