"""By which way and by which right words of tier 2 and above were read."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    PAGE = "page"
    API = "api"
    FILE = "file"
    MAIL = "mail"
    SEARCH = "search"
    EXPORT = "export"


class Ground(StrEnum):
    """read_ground in reads.sql says the same."""

    AUTHOR = "author"
    REQUESTER = "requester"
    HANDLER = "handler"
    MEMBER = "member"
    ASKED = "asked"
    GRANT = "grant"
    GLASS = "glass"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Ids of what is about to be shown, from tier 2 on only. Empty is false: then there is nothing to write down."""

    tickets: Sequence[int] = ()
    updates: Sequence[int] = ()
    files: Sequence[int] = ()

    def __bool__(self) -> bool:
        return bool(self.tickets or self.updates or self.files)
