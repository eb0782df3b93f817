"""What makes a sign-in, a session, a link and a token good: pure checks and the figures of specs/security.md."""

from desk.accounts.rules.access import (
    IDLE,
    INVITATION,
    RESET,
    SEEN_EVERY,
    SESSION,
    NotSignedIn,
    TooMany,
    check_links_made,
    check_may_invite,
    check_no_guest,
    check_own,
    check_token,
    check_token_writes,
    check_tries,
    digest,
    link_life,
    mark,
)
from desk.accounts.rules.browser import browser
from desk.accounts.rules.navigation import Entry, navigation
from desk.accounts.rules.passwords import check_password, check_same

__all__ = [
    "IDLE",
    "INVITATION",
    "RESET",
    "SEEN_EVERY",
    "SESSION",
    "Entry",
    "NotSignedIn",
    "TooMany",
    "browser",
    "check_links_made",
    "check_may_invite",
    "check_no_guest",
    "check_own",
    "check_password",
    "check_same",
    "check_token",
    "check_token_writes",
    "check_tries",
    "digest",
    "link_life",
    "mark",
    "navigation",
]
