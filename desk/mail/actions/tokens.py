"""Access tokens for mailboxes that take no password (Microsoft 365, Google): by refresh token, or as an application."""

import time
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import msgspec

from desk.mail.rules.mailboxes import Mailbox, Tokens

PATIENCE = 20.0
MARGIN = 60.0  # seconds before its end from which a token is not used any more
MOST_BYTES = 64 * 1024


class NoToken(Exception):
    """Without what the endpoint said: it may quote what it was asked with."""


class _Answer(msgspec.Struct):
    """RFC 6749 5.1"""

    access_token: str
    refresh_token: str = ""
    expires_in: float = 300.0


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """The refresh token goes where the setting says, and nowhere else."""


@dataclass
class Purse:
    """One mailbox's tokens, in memory only. An endpoint may replace the refresh token at each use."""

    refresh: str = field(default="", repr=False)
    access: str = field(default="", repr=False)
    until: float = 0.0

    def token(self, mailbox: Mailbox, tokens: Tokens) -> str:
        """Waits for the endpoint when there is none that still holds. Raises NoToken."""
        if time.monotonic() >= self.until:
            answer = _ask(tokens, self.refresh or mailbox.password)
            self.access, self.refresh = answer.access_token, answer.refresh_token or self.refresh
            self.until = time.monotonic() + answer.expires_in - MARGIN
        return self.access


def _ask(tokens: Tokens, refresh: str) -> _Answer:
    grant = (
        {"grant_type": "refresh_token", "refresh_token": refresh} if refresh else {"grant_type": "client_credentials"}
    )
    about = {"client_id": tokens.client_id, "client_secret": tokens.client_secret, "scope": tokens.scope}
    form = urlencode(grant | {name: value for name, value in about.items() if value}).encode()
    try:
        with build_opener(_Stay()).open(Request(tokens.url, data=form, method="POST"), timeout=PATIENCE) as answer:
            return msgspec.json.decode(answer.read(MOST_BYTES), type=_Answer, strict=False)
    except HTTPError as refusal:
        refusal.close()
        raise NoToken(f"HTTP {refusal.code}") from None
    except (OSError, HTTPException, msgspec.MsgspecError) as fault:
        raise NoToken(type(fault).__name__) from None
