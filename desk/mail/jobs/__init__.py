"""The postroom's door: each way in which letters arrive. A way keeps what came and says so afterwards, no more."""

from desk.mail.jobs.dropping import take_dropped
from desk.mail.jobs.fetching import fetch
from desk.mail.jobs.listening import listen

__all__ = ["fetch", "listen", "take_dropped"]
