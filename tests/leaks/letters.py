"""What stands in the mailboxes: every header and every part of every letter, decoded, one box for each reader."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from desk import db
from desk.outbox.actions.composing import signer
from tests.leaks.cast import Reader
from tests.leaks.walk import Answer
from tests.leaks.worlds import Made, inside

_BOX = """
select s.tag, t.number, u.token, s.content, s.state from sendings s
  left join tickets t on t.id = s.ticket left join updates u on s.subject = 'update:' || u.id
 where s.person = $1 order by s.id
"""
# an id is sealed: it says which entry and person it is of to nobody but this desk
_ID = re.compile(r"(?<![a-z0-9])(m\.[a-z2-7]{36})(@[\w.]+)?")


async def box(made: Made, reader: Reader) -> dict[str, Answer]:
    """By what each letter is about; letters that wait for a digest are there, too, without words. As the reader may read
    it now: what was shut after it had been written has left the house, or leaves it no more.
    """
    async with inside(made.url) as root:
        person = await root.fetchval("select id from people where login = $1", reader.login)
        async with db.acting_as(db.Reader(person), writing=False):
            rows = await db.fetch(_BOX, person)
    found: dict[str, Answer] = {}
    for row in rows:
        about = f"letter {row['tag']} requests/{row['number']} {row['token']}"
        n = sum(name.startswith(about) for name in found)
        found[f"{about} {n}"] = Answer(
            0, (("state", row["state"]),), "" if row["content"] is None else _others(words(row["content"]), person)
        )
    return found


def _others(text: str, person: int) -> str:
    """Without the ids of what somebody was written to before, which tell them nothing that they have not had."""
    return text.replace(f" <ID of a letter to {person}>", "").replace(f"<ID of a letter to {person}>", "")


def words(content: bytes) -> str:
    """The letter as it is, and what it says when it is decoded; ids stand for themselves."""
    letter = message_from_bytes(content, policy=default)
    assert isinstance(letter, EmailMessage)
    return _ID.sub(_opened, "\n".join([*_headers(letter), *_parts(letter)]))


def _headers(letter: EmailMessage) -> Iterator[str]:
    for name, value in letter.items():
        yield f"{name}: {value}"


def _parts(letter: EmailMessage) -> Iterator[str]:
    for part in letter.walk():
        if not part.is_multipart():
            yield from (f"{name}: {value}" for name, value in part.items())
            yield part.get_content()


def _opened(found: re.Match[str]) -> str:
    mark = signer().read_message_id(f"{found[1]}@{signer().address.rpartition('@')[2]}")
    assert mark is not None, "an id that this desk has not made"
    return f"ID of a letter to {mark.person}"
