"""Which parts are the letter's words and which are attachments (RFC 8621, section 4.1.4), and the words themselves."""

from dataclasses import dataclass, field, replace

from desk.mail.rules import bodies, html, uuencoded
from desk.mail.rules.limits import MOST_HTML, MOST_TEXT
from desk.mail.rules.parts import Part

WORDS = ("text/plain", "text/html")


@dataclass
class Shares:
    """`plain`: what is read as text. `rich`: the same as HTML where the sender gave it. `files`: the rest.

    Words that the end of the letter cut off are files too, and the letter's words only when there are no others.
    """

    plain: list[Part] = field(default_factory=list)
    rich: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    cut_off: list[Part] = field(default_factory=list)


def shares(root: Part) -> Shares:
    """Recurses no deeper than `limits.DEEPEST`."""
    found = Shares()
    _share([root], "mixed", found, _Wanted())
    if not found.plain and not found.rich:
        found.plain, found.rich = list(found.cut_off), list(found.cut_off)
    return found


@dataclass(frozen=True)
class _Wanted:
    """What a branch may still give: in an alternative the first words of one kind leave the other to other branches."""

    plain: bool = True
    rich: bool = True
    chosen: bool = False  # stands within an alternative

    def after(self, kind: str) -> "_Wanted":
        if not self.chosen:
            return self
        return _Wanted(self.plain and kind == "text/plain", self.rich and kind == "text/html", True)


def _share(parts: list[Part], within: str, found: Shares, wanted: _Wanted) -> None:
    plain_before, rich_before = len(found.plain), len(found.rich)
    for place, part in enumerate(parts):
        if part.is_container and (part.children or part.kind != "multipart/mixed"):
            inner = part.kind.partition("/")[2]
            _share(part.children, inner, found, replace(wanted, chosen=wanted.chosen or inner == "alternative"))
        elif not _is_words(part, place, within):
            found.files.append(part)
        elif part.cut_off:
            found.files.append(part)
            found.cut_off.append(part)
        elif within == "alternative":
            (found.plain if part.kind == "text/plain" else found.rich).append(part)
        else:
            wanted = wanted.after(part.kind)
            _give(part, found, wanted)
    if within == "alternative":
        _fill(found, plain_before, rich_before)


def _is_words(part: Part, place: int, within: str) -> bool:
    if part.disposition == "attachment" or part.kind not in WORDS:
        return False
    return place == 0 or (within != "related" and not part.filename)


def _give(part: Part, found: Shares, wanted: _Wanted) -> None:
    if wanted.plain:
        found.plain.append(part)
    if wanted.rich:
        found.rich.append(part)


def _fill(found: Shares, plain_before: int, rich_before: int) -> None:
    """An alternative that gave only one of the two gives it for both."""
    if len(found.plain) == plain_before:
        found.plain.extend(found.rich[rich_before:])
    elif len(found.rich) == rich_before:
        found.rich.extend(found.plain[plain_before:])


def marked(raw: bytes, parts: list[Part]) -> str:
    """The words of these parts one below the other, HTML as text with its marks."""
    told = []
    for part in parts:
        words = bodies.text(raw, part)[:MOST_TEXT]
        if part.kind == "text/html":
            words = html.to_text(words[:MOST_HTML])
        elif part.params.get("format", "").lower() == "flowed":
            words = _unflowed(words, part.params.get("delsp", "").lower() == "yes")
        told.append(words)
    return "\n".join(told)


def written(raw: bytes, part: Part) -> list[tuple[str, bytes]]:
    """Files that stand within the words."""
    return uuencoded.split(bodies.text(raw, part))[1]


def _unflowed(text: str, delsp: bool) -> str:
    """RFC 3676: a line that ends in a space goes on in the next; the line of a signature does not."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        if goes_on and lines and (line[:1] == ">") == (lines[-1][:1] == ">") and line != "-- ":
            lines[-1] += line.lstrip(">").removeprefix(" ") if line[:1] == ">" else line.removeprefix(" ")
        else:
            lines.append(line.removeprefix(" ") if line[:1] == " " else line)
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
