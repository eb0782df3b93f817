"""Whether letters arrive and are understood."""

from desk import clock, db, settings
from desk.i18n import Sentence
from desk.mail.queries import channels
from desk.mail.rules import health
from desk.mail.rules.health import DROP, WAITING, Channel, Standing


async def faults() -> list[Sentence]:
    at, now = clock.now(), settings.current()
    mailboxes, bad = health.mailboxes(now.imap_urls)
    fetched = [mailbox.name for mailbox in mailboxes] + ([DROP] if now.mail_drop else [])
    async with db.acting_as(db.NOBODY, writing=False):
        known = health.all_of(await channels.channels(), fetched)
    found = [refusal.sentence for refusal in bad]
    found += [_silent(one) for one in known if health.standing(one, fetched, at) is Standing.SILENT]
    if oldest := min((one.oldest for one in known if one.oldest and at - one.oldest > WAITING), default=None):
        waiting = sum(one.waiting for one in known)
        found.append(Sentence("doctor.waiting_letters", n=waiting, minutes=round((at - oldest).total_seconds() / 60)))
    if dead := sum(one.dead for one in known):
        found.append(Sentence("doctor.dead_letters", n=dead))
    return found


def _silent(channel: Channel) -> Sentence:
    why = Sentence(f"mail.fault_{channel.fault}") if channel.fault else Sentence("mail.fault_none")
    if channel.last_good_at is None:
        return Sentence("doctor.never_fetched", channel=channel.name, why=why)
    minutes = round((clock.now() - channel.last_good_at).total_seconds() / 60)
    return Sentence("doctor.silent_channel", channel=channel.name, n=minutes, why=why)
