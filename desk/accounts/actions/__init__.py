"""Signing in and out, links, tokens, passwords, leaving.

from desk.accounts import actions as accounts
await accounts.set_password(person, "a long sentence of one's own")
"""

from desk.accounts.actions.links import accept, make_link
from desk.accounts.actions.passwords import change_password, set_password
from desk.accounts.actions.rights import leave, set_roles
from desk.accounts.actions.sessions import end_others, end_session, sign_out, start_session, touch_session
from desk.accounts.actions.signing_in import Attempt, is_right, sign_in, try_to_sign_in, was_right
from desk.accounts.actions.tokens import end_token, make_token, touch_token

__all__ = [
    "Attempt",
    "accept",
    "change_password",
    "end_others",
    "end_session",
    "end_token",
    "is_right",
    "leave",
    "make_link",
    "make_token",
    "set_password",
    "set_roles",
    "sign_in",
    "sign_out",
    "start_session",
    "touch_session",
    "touch_token",
    "try_to_sign_in",
    "was_right",
]
