"""What a letter says, in the recipient's language; and the same as plain text."""

from collections.abc import Iterator

from msgspec import Struct

from desk.i18n import say


class Said(Struct, frozen=True, kw_only=True):
    """Of a request that carries a tier above what letters carry: number, sentence and link alone."""

    language: str
    greeting: str
    sentence: str
    number: int = 0  # 0: of no request, or of one that the recipient may not read
    title: str = ""
    author: str = ""
    words: str = ""
    why: str = ""  # of a correction
    files: tuple[str, ...] = ()  # names of what is attached, on the page
    promise: str = ""
    missing: tuple[str, ...] = ()
    link: str
    opens: str = ""  # what the link leads to, where that is no request
    answers: bool = False  # an answer to this letter goes under the request
    often: str  # where one says how often


class Line(Struct, frozen=True, kw_only=True):
    """One thing that a digest tells."""

    number: int
    title: str
    sentence: str
    link: str


class Digest(Struct, frozen=True, kw_only=True):
    language: str
    greeting: str
    lines: tuple[Line, ...]
    often: str


def text(said: Said) -> str:
    return joined(_blocks(said), said.language, said.often)


def digest_text(digest: Digest) -> str:
    return joined(_listed(digest), digest.language, digest.often)


def subject(number: int, title: str) -> str:
    return f"[#{number}] {title}" if number else title


def _blocks(said: Said) -> Iterator[str]:
    yield said.greeting
    yield said.sentence + (f"\n#{said.number} {said.title}".rstrip() if said.number else "")
    if said.words:
        yield said.words.strip()
    if said.why:
        yield say(said.language, "outbox.corrected_because", why=said.why)
    if said.files:
        yield say(said.language, "outbox.files", names=say(said.language, "outbox.files_gap").join(said.files))
    if said.promise:
        yield said.promise
    if said.missing:
        listed = "\n".join(f"{n}. {one}" for n, one in enumerate(said.missing, 1))
        yield f"{say(said.language, 'outbox.missing')}\n{listed}"
    yield f"{say(said.language, 'outbox.open') if said.number else said.opens}\n{said.link}"
    if said.answers:
        yield say(said.language, "outbox.answer_by_mail", number=said.number)


def _listed(digest: Digest) -> Iterator[str]:
    yield digest.greeting
    yield say(digest.language, "outbox.digest_lead", n=len(digest.lines))
    for line in digest.lines:
        head = f"#{line.number} {line.title}".rstrip() if line.number else line.title
        yield "\n".join(part for part in (head, line.sentence, line.link) if part)


def joined(blocks: Iterator[str], language: str, often: str) -> str:
    """The last part stands under the mark of a signature: programs that cut one off cut this off."""
    return "\n\n".join(blocks) + f"\n\n-- \n{say(language, 'outbox.how_often')}\n{often}\n"
