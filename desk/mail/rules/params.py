"""`type/subtype; name=value` fields (RFC 2045, 2231), read as leniently as clients write them."""

import re
from urllib.parse import unquote_to_bytes

from desk.mail.rules import charsets, words

PARAM = re.compile(r"""([A-Za-z][\w.\-]*(?:\*\d{1,3})?\*?)[ \t]*=[ \t]*("(?:[^"\\]|\\.)*"?|[^;"]*)""", re.S)
ESCAPED = re.compile(r'\\(["\\])')


def parse(raw: bytes, own: str = "") -> tuple[str, dict[str, str]]:
    """The value in lower case and its parameters; a parameter that is given twice counts as first given."""
    text = words.field(raw, own)
    value = re.split(r"[;\s]", text, maxsplit=1)[0].strip().lower()
    found: dict[str, str] = {}
    for name, given in PARAM.findall(text[len(value) :]):
        found.setdefault(name.lower(), _unquoted(given))
    return value, _joined(found)


def _unquoted(given: str) -> str:
    given = given.strip()
    if given.startswith('"'):
        return ESCAPED.sub(r"\1", given[1:].removesuffix('"'))
    return given


def _joined(found: dict[str, str]) -> dict[str, str]:
    """RFC 2231: `name*0*`, `name*1` are pieces of one value; `name*` carries its charset."""
    plain = {name: words.decode(value) for name, value in found.items() if "*" not in name}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for name, value in found.items():
        base, star, rest = name.partition("*")
        if star:
            number = rest.rstrip("*")
            pieces.setdefault(base, []).append((int(number) if number else 0, name.endswith("*"), value))
    for base, parts in pieces.items():
        plain[base] = _extended(sorted(parts))
    return plain


def _extended(parts: list[tuple[int, bool, str]]) -> str:
    label, taken = "", bytearray()
    for place, (_, encoded, value) in enumerate(parts):
        if encoded and place == 0 and value.count("'") >= 2:
            label, _, value = value.split("'", 2)
        taken += unquote_to_bytes(value) if encoded else value.encode("utf-8", "replace")
    return words.decode(charsets.decode(bytes(taken), label))
