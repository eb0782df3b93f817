"""The words and files of a letter, within the limits of a request; what was not taken is a line among the words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desk.i18n import Invalid, say
from desk.intake.rules import identity
from desk.intake.rules import words as rules
from desk.mail.rules.letters import Attachment, Letter
from desk.tickets.actions.files import File
from desk.tickets.rules import files as limits
from desk.tickets.rules.words import BODY_LENGTH, TITLE_LENGTH

ROOM = 3000  # characters that lines about files may need


@dataclass(frozen=True)
class Wording:
    """`said` without the lines about files, which are in `body`."""

    title: str
    said: str
    body: str
    files: Sequence[File]

    def without(self, rest: str) -> str:
        """The body, with the rest of what was said in place of all of it."""
        return f"{rest}{self.body[len(self.said) :]}".strip()

    def and_line(self, line: str) -> "Wording":
        return replace(self, body=f"{line}\n\n{self.body}"[:BODY_LENGTH])


def wording(letter: Letter, content: bytes, language: str, said: str | None = None) -> Wording:
    """`said`: its words, where they are not simply what is new in it."""
    said = plain(said if said is not None else letter.new_text or letter.text).strip()
    said = said or plain(letter.text).strip()
    files, refused = _sorted(letter.files, language)
    lines = list(refused)
    if len(said) > BODY_LENGTH - ROOM:
        lines.append(say(language, "intake.cut"))
        _add(files, File(say(language, "intake.whole_name"), plain(letter.text).encode()))
        said = said[: BODY_LENGTH - ROOM]
    if (letter.is_sealed and not said) or "\ufffd" in said:
        lines.append(say(language, "intake.not_all_readable"))
        _add(files, original(content))
    told = "\n".join(lines)[: ROOM - 10]
    return Wording(_title(letter, said, language), said, "\n\n".join(part for part in (said, told) if part), files)


def original(content: bytes) -> File:
    return File("original.eml", content)


def beginning(content: bytes) -> File:
    """Of a letter that was left where it came in: its headers, no torn words."""
    return File("headers.eml", identity.head(content))


def plain(text: str) -> str:
    """As PostgreSQL takes it."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _title(letter: Letter, said: str, language: str) -> str:
    subject = " ".join(plain(letter.envelope.subject).split())
    while found := rules.PREFIX.match(subject):
        subject = subject[found.end() :].strip()
    first = said.splitlines()[0].strip()[:80] if said else ""
    return (subject or first or say(language, "intake.no_subject"))[:TITLE_LENGTH]


def _sorted(attachments: Sequence[Attachment], language: str) -> tuple[list[File], list[str]]:
    """What a request takes, and a line for each that it does not."""
    files: list[File] = []
    refused: list[str] = []
    for one in attachments:
        try:
            limits.check_count(len(files) + 1)
            limits.check_size(one.size, one.filename)
            limits.media_type(limits.clean_name(one.filename), one.content[:4096])
        except Invalid as fault:
            why = fault.sentence.say(language)
            refused.append(say(language, "intake.file_refused", name=plain(one.filename)[:80], why=why))
            continue
        files.append(File(plain(one.filename), one.content))
    return files, refused


def _add(files: list[File], file: File) -> None:
    """It takes the place of the last one where there are too many."""
    if len(files) >= limits.FILES:
        files.pop()
    files.append(file)
