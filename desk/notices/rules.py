"""Who is told of what, by the part that they take in the request."""

from typing import NamedTuple

from desk.journal.rules import Tag

REQUESTER, HANDLER, DEPARTMENT, WATCHER = "requester", "handler", "department", "watcher"
NAMED = "named"  # whom the entry itself names as its recipient
DECIDER = "decider"  # about letters that wait: handlers of what fits nowhere, and administrators
HAD_READ = "had_read"  # or answered what is corrected now
DESK = frozenset({HANDLER, DEPARTMENT})
ALL = DESK | {REQUESTER, WATCHER}

TOLD: dict[Tag, frozenset[str]] = {
    Tag.REQUEST_FILED: DESK | {REQUESTER},
    Tag.REQUEST_TAKEN: frozenset({REQUESTER, WATCHER}),
    Tag.REQUEST_ASSIGNED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_HANDED_OVER: ALL,
    Tag.MESSAGE_WRITTEN: ALL,
    Tag.REPLY_WRITTEN: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.NOTE_WRITTEN: DESK | {WATCHER},
    Tag.QUESTION_ASKED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.CORRECTION_WRITTEN: ALL | {HAD_READ},
    Tag.FILES_ATTACHED: ALL,
    Tag.REQUEST_RESOLVED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_DECLINED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_ACCEPTED: frozenset({HANDLER, WATCHER}),
    Tag.ACCEPTANCE_LAPSED: frozenset({REQUESTER, HANDLER}),
    Tag.REQUEST_NOT_YET: DESK | {WATCHER},
    Tag.REQUEST_REOPENED: DESK | {WATCHER},
    Tag.REQUEST_WITHDRAWN: DESK | {WATCHER},
    Tag.PAUSE_LAPSED: DESK | {REQUESTER},
    Tag.WORDS_OPENED: DESK | {REQUESTER},
    Tag.LABEL_RAISED: DESK | {REQUESTER},
    Tag.LABEL_PROLONGED: DESK | {REQUESTER},
    Tag.LABEL_LOWERED: DESK | {REQUESTER},
    Tag.COUNTERSIGN_ASKED: frozenset({NAMED}),
    Tag.COUNTERSIGN_REFUSED: frozenset({NAMED}),
    Tag.CORE_AGREED: frozenset({NAMED}),
    Tag.SEAL_AGREED: frozenset({NAMED}),
    Tag.SEAL_ENDED: DESK | {REQUESTER},
    Tag.RECUSED: frozenset({NAMED}),
    Tag.RECUSAL_ENDED: frozenset({NAMED}),
    Tag.PROMISE_AT_RISK: DESK,
    Tag.PROMISE_BROKEN: DESK | {REQUESTER},
    Tag.ESCALATED: frozenset({NAMED}),
    Tag.ESCALATION_EXPLAINED: frozenset({NAMED}),
    Tag.RENEWAL_ASKED: frozenset({NAMED}),
    Tag.PROMISE_RENEWED: frozenset({NAMED, HANDLER}),
    Tag.RENEWAL_REFUSED: frozenset({NAMED}),
    Tag.RENEWED_AGAIN: frozenset({NAMED}),
    Tag.DUE_MOVED: DESK | {REQUESTER},
    Tag.SIGN_OFF_ASKED: frozenset({NAMED, WATCHER}),
    Tag.SIGN_OFF_PASSED_ON: frozenset({NAMED}),
    Tag.SIGNED: frozenset({NAMED, REQUESTER, HANDLER, WATCHER}),
    Tag.SIGN_OFF_REFUSED: frozenset({NAMED, REQUESTER, HANDLER, WATCHER}),
    Tag.DEPARTMENT_ASKED: frozenset({NAMED, WATCHER}),
    Tag.ASK_ANSWERED: frozenset({NAMED, HANDLER, WATCHER}),
    Tag.ASKED_BACK: frozenset({NAMED, HANDLER, WATCHER}),
    Tag.ASK_RECALLED: frozenset({NAMED}),
    Tag.PRIORITY_SET: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_LINKED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_UNLINKED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.CHILD_FILED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_SPLIT: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_FOLLOWED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REQUEST_MERGED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.REMOVAL_ASKED: frozenset({NAMED, HANDLER}),
    Tag.WORDS_REMOVED: frozenset({NAMED, REQUESTER, HANDLER, WATCHER}),
    Tag.REMOVAL_REFUSED: frozenset({NAMED}),
    Tag.UNUSUAL_ACCESS: frozenset({NAMED}),
    Tag.ACCESS_GRANTED: frozenset({NAMED, REQUESTER, HANDLER, WATCHER}),
    Tag.ACCESS_REFUSED: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.EXTRACT_GIVEN: frozenset({REQUESTER, HANDLER, WATCHER}),
    Tag.GRANT_ENDED: frozenset({NAMED}),
    Tag.GLASS_BROKEN: frozenset({NAMED}),
    Tag.LETTER_UNDELIVERED: DESK,
    Tag.LETTERS_WAITING: frozenset({DECIDER}),
}

OF_NO_REQUEST = frozenset({Tag.UNUSUAL_ACCESS, Tag.COUNTERSIGN_ASKED, Tag.LETTERS_WAITING})
IN_HOURS = frozenset(
    {Tag.ESCALATED}
)  # told when the recipient's department is open; the escalation itself fires on time

BEYOND = frozenset(
    {Tag.ACCESS_GRANTED, Tag.GRANT_ENDED, Tag.GLASS_BROKEN}
)  # told to whom the request itself may be shut


class Place(NamedTuple):
    """Where news of no request is told of, and its title. `shut`: letters say only that there is news."""

    href: str = "/access"
    title: str = "unseen"
    icon: str = "tier-3"
    shut: bool = True


PLACES: dict[str, Place] = {
    Tag.UNUSUAL_ACCESS: Place("/unusual", "unusual"),
    Tag.ESCALATED: Place("/escalated"),
    Tag.LETTERS_WAITING: Place("/letters", "waiting_letters", "mail", shut=False),
    Tag.REPORT_TOLD: Place("/reports", "weekly_report", shut=False),
}


def place(tag: str) -> Place:
    return PLACES.get(tag, Place())


def told(tag: Tag, parts: list[tuple[int, str]], *, by: int | None) -> list[int]:
    """Who is told: each person once, never the one who did it."""
    wanted = TOLD.get(tag, frozenset())
    return sorted({person for person, part in parts if part in wanted and person != by})
