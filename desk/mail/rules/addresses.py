"""Address lists, read in one pass: names in quotes, comments, groups, addresses without brackets."""

import re
from dataclasses import dataclass

from desk.mail.rules import words

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|\((?:[^()\\]|\\.)*\)?|<[^<>]*>?|[,;]|[^",;<(]+|.', re.S)
BETWEEN = re.compile(r"[\s<>\"(),;:]+")


@dataclass(frozen=True)
class Address:
    name: str
    addr: str


def parse(raw: bytes, own: str = "") -> list[Address]:
    """In the order in which they stand. A name without an address is told with an empty one."""
    found: list[Address] = []
    taken: list[str] = []
    for token in TOKEN.findall(words.field(raw, own)):
        if token in ",;":
            _finish(taken, found)
            taken = []
        else:
            taken.append(token)
    _finish(taken, found)
    return found


def _finish(tokens: list[str], found: list[Address]) -> None:
    text = "".join(token for token in tokens if token[0] not in "<(").strip()
    comment = " ".join(token.strip("()") for token in tokens if token[0] == "(")
    angle = next((token.strip("<> \t") for token in reversed(tokens) if token[0] == "<"), None)
    if angle is None:
        angle = next((piece for piece in BETWEEN.split(text) if "@" in piece[1:-1]), "")
        text = text.replace(angle, " ", 1) if angle else text
    if ":" in text and '"' not in text and not angle:
        text = text.rpartition(":")[2]
    name = _name(text) or _name(comment)
    addr = angle.removeprefix("mailto:").replace(" ", "").strip("'")
    if name or addr:
        found.append(Address(name if name != addr else "", addr))


def _name(text: str) -> str:
    text = text.strip()
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return words.SPACES.sub(" ", words.decode(text.replace('"', ""))).strip(" '\t")
