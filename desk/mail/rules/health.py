"""Whether letters arrive: what is worth a word to whoever keeps the desk."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desk.i18n import Refused
from desk.mail.rules.mailboxes import Mailbox, read

DROP = "drop"  # the folder's channel
SILENT = timedelta(minutes=10)  # a channel looks every minute
WAITING = timedelta(minutes=5)  # a letter is understood within seconds


class Standing(StrEnum):
    GOOD = "good"
    TROUBLED = "troubled"  # a fault, since a short time
    SILENT = "silent"
    LISTENING = "listening"  # nothing is fetched: letters are brought
    GONE = "gone"  # named by no setting any more


@dataclass(frozen=True)
class Channel:
    """`waiting` and `dead`: its letters that are not understood yet, or will not be. `oldest`: of those that wait."""

    name: str
    last_good_at: datetime | None
    fault: str | None
    waiting: int
    dead: int
    oldest: datetime | None


def mailboxes(urls: Sequence[str]) -> tuple[list[Mailbox], list[Refused]]:
    """Those that can be used, each once, and a sentence for each that cannot."""
    found: dict[str, Mailbox] = {}
    bad = []
    for place, url in enumerate(urls, start=1):
        try:
            mailbox = read(url, place)
            found[mailbox.name] = mailbox
        except Refused as refusal:
            bad.append(refusal)
    return list(found.values()), bad


def all_of(known: Iterable[Channel], fetched: Iterable[str]) -> list[Channel]:
    """Those that have been heard of, and those that are named by a setting and have not."""
    by_name = {one.name: one for one in known}
    never = {name: Channel(name, None, None, 0, 0, None) for name in fetched}
    return sorted((never | by_name).values(), key=lambda one: one.name)


def standing(channel: Channel, fetched: Iterable[str], now: datetime) -> Standing:
    """`fetched`: the channels that the settings name."""
    if channel.name in ("smtp", "lmtp"):
        return Standing.LISTENING
    if channel.name not in fetched:
        return Standing.GONE
    if channel.last_good_at is None or now - channel.last_good_at > SILENT:
        return Standing.SILENT
    return Standing.TROUBLED if channel.fault else Standing.GOOD
