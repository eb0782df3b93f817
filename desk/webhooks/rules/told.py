"""What leaves for a chat: of a request that every employee may read, and nothing of what stands under it."""

import re
from dataclasses import dataclass

from desk.journal.rules import Tag

RUNG = frozenset({
    Tag.REQUEST_FILED, Tag.REQUEST_TAKEN, Tag.REQUEST_HANDED_OVER, Tag.MESSAGE_WRITTEN, Tag.REQUEST_RESOLVED,
    Tag.REQUEST_DECLINED, Tag.REQUEST_NOT_YET, Tag.REQUEST_REOPENED, Tag.REQUEST_WITHDRAWN, Tag.PROMISE_AT_RISK,
    Tag.PROMISE_BROKEN,
})  # fmt: skip
LONGEST_TITLE = 120
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Told:
    """`number` 0: a test, about no request. `due` and `link` may be empty; all but the title are words of the desk."""

    tag: Tag
    number: int
    title: str
    department: str
    happened: str
    due: str
    link: str

    def head(self) -> str:
        """财务部 · #2081 报销退回"""
        request = f"#{self.number} {one_line(self.title)}" if self.number else one_line(self.title)
        return f"{self.department} · {request}"

    def lines(self) -> list[str]:
        return [line for line in (self.head(), self.happened, self.due, self.link) if line]


def one_line(title: str) -> str:
    """What somebody typed, so that it cannot look like lines of ours."""
    told = _BREAKS.sub(" ", _HIDDEN.sub("", title)).strip()
    return told if len(told) <= LONGEST_TITLE else told[: LONGEST_TITLE - 1] + "…"
