"""Who is at the door, and what access a person has."""

from desk.accounts.queries.access import Link, SessionLine, TokenLine, credential, link, sessions, tokens
from desk.accounts.queries.standing import Standing, behind_session, behind_token, session_holds

__all__ = [
    "Link",
    "SessionLine",
    "Standing",
    "TokenLine",
    "behind_session",
    "behind_token",
    "credential",
    "link",
    "session_holds",
    "sessions",
    "tokens",
]
