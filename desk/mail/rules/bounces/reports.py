"""What a report says: whose address failed, whether it is only late, and which letter came back."""

import logging
import re
from dataclasses import dataclass
from email import message_from_bytes

from flufl.bounce import all_failures

from desk.mail.rules import bodies, headers, ids
from desk.mail.rules.bounces import suspicion
from desk.mail.rules.headers import Headers
from desk.mail.rules.parts import Part

ADDRESS = re.compile(r"[A-Za-z0-9_.+=\-']{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}")
RECIPIENT = re.compile(r"^(?:final|original)-recipient:\s*(?:rfc822;)?\s*<?([^\s<>;]+@[^\s<>;]+)>?", re.I | re.M)
ACTION = re.compile(r"^action:\s*(\w+)", re.I | re.M)
TOLD = re.compile(r"(?:收件人|收信人|邮箱地址|recipient|收件者)[^:：\n]{0,12}[:：]\s*<?(" + ADDRESS.pattern + ")", re.I)
ALONE = re.compile(r"^\s*<(" + ADDRESS.pattern + r")>:?\s*$", re.M)
REFUSED = re.compile(r"\b[45]\d\d[ -].{0,80}?(" + ADDRESS.pattern + ")")
MOST_BYTES = 400_000  # of a letter that other people's patterns are tried on
MOST_INSIDE = 20  # letters within letters: the library recurses

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)  # it tells of every letter that it stumbles over


@dataclass(frozen=True)
class Report:
    addresses: tuple[str, ...] = ()
    delayed: bool = False
    letter: str = ""  # the Message-ID of what came back


def report(raw: bytes, root: Part, text: str, from_addr: str, subject: str) -> Report | None:
    """None for what is no report."""
    if suspicion.is_to_nobody(root.headers):
        return Report(letter=_letter(raw, root))
    signs = suspicion.signs(root.headers, from_addr, subject, text)
    if len(signs) < 2 and not suspicion.is_report(root) and not root.headers.has("x-failed-recipients"):
        return None
    late, failed = _asked(raw)
    status = "\n".join(bodies.text(raw, part) for part in root.leaves() if part.kind == "message/delivery-status")
    actions = {action.lower() for action in ACTION.findall(status)}
    named = late | failed or set(RECIPIENT.findall(status)) or _told(root.headers, text)
    if not named and not _is_plain_report(root, signs):
        return None
    delayed = bool(named) and not failed and bool(late) and "failed" not in actions
    return Report(tuple(sorted(address.lower() for address in named)), delayed, _letter(raw, root))


def _asked(raw: bytes) -> tuple[set[str], set[str]]:
    """Addresses that are late and that failed, by the patterns of flufl.bounce."""
    if len(raw) > MOST_BYTES or raw.lower().count(b"message/rfc822") > MOST_INSIDE:
        return set(), set()
    try:
        late, failed = all_failures(message_from_bytes(raw))
    except Exception:  # a report that it stumbles over is read by our own rules
        return set(), set()
    return {_decoded(one) for one in late}, {_decoded(one) for one in failed}


def _decoded(address: bytes | str) -> str:
    return address.decode("utf-8", "replace") if isinstance(address, bytes) else address


def _told(fields: Headers, text: str) -> set[str]:
    named = fields.first("x-failed-recipients").decode("utf-8", "replace")
    found = set(ADDRESS.findall(named))
    for pattern in (TOLD, REFUSED, ALONE):
        found = found or set(pattern.findall(text[: suspicion.MOST_WORDS]))
    return found


def _is_plain_report(root: Part, signs: set[str]) -> bool:
    """A report that names nobody: by its structure, or by sender and subject, or with the letter that it speaks of."""
    returns = any(part.kind == "message/rfc822" for part in root.leaves())
    return (
        suspicion.is_report(root)
        or signs >= {"nobody", "subject"}
        or signs >= {"sender", "subject", "words"}
        or (returns and {"subject", "words"} <= signs)
    )


def _letter(raw: bytes, root: Part) -> str:
    for part in root.leaves():
        if part.kind in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            inner = bodies.content(raw, part)[:100_000]
            end, _ = headers.end_of_block(inner, 0, len(inner))
            return ids.message_id(headers.parse(inner[:end]))
    return ""
