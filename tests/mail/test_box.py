"""The box: a hostile letter ends within its limits as a refused one with a reason, and the next letter is read."""

import sys
from collections.abc import Iterator

import pytest

from desk.mail.actions.box import Box
from desk.mail.rules.letters import Letter, Refusal
from desk.mail.rules.limits import Reason
from tests.mail import hostile
from tests.mail.letters import letter

KILLS = "import os, signal, sys; sys.stdin.buffer.read(8); os.kill(os.getpid(), signal.{})"


@pytest.fixture(scope="module")
def box() -> Iterator[Box]:
    with Box() as opened:
        yield opened


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (hostile.addresses, Reason.HEADER_TOO_LONG),
        (hostile.few_bytes_many_addresses, Reason.TOO_MANY_RECIPIENTS),
        (hostile.references, Reason.HEADER_TOO_LONG),
        (hostile.parts, Reason.TOO_MANY_PARTS),
        (hostile.nested, Reason.TOO_DEEP),
        (hostile.letters_within_letters, Reason.TOO_DEEP),
        (hostile.deep, Reason.TOO_DEEP),
        (hostile.subject, Reason.HEADER_TOO_LONG),
        (hostile.big, Reason.TOO_BIG),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_hostile_letter_is_refused_with_its_reason(box: Box, raw, reason: Reason) -> None:
    found = box.read(raw())

    assert isinstance(found, Refusal)
    assert found.reason is reason


def test_html_that_is_slow_to_read_costs_its_limit_and_no_more(box: Box) -> None:
    found = box.read(hostile.unclosed_tags())

    assert isinstance(found, Letter) or found.reason in (Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY)
    assert isinstance(box.read(letter()), Letter)


@pytest.mark.parametrize(("sign", "reason"), [("SIGXCPU", Reason.TOO_SLOW), ("SIGKILL", Reason.BROKEN)])
def test_a_letter_that_kills_the_reader_is_refused(sign: str, reason: Reason) -> None:
    with Box((sys.executable, "-c", KILLS.format(sign))) as killed:
        first, second = killed.read(letter()), killed.read(letter())

    assert [one.reason for one in (first, second) if isinstance(one, Refusal)] == [reason, reason]


def test_the_reader_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_DATABASE_URL", "postgresql://secret")
    tells = "import os, sys; os.write(2, b''); sys.exit(7 if 'DESK_DATABASE_URL' in os.environ else 3)"

    with Box((sys.executable, "-c", tells)) as box:
        found = box.read(letter())
    assert isinstance(found, Refusal)
    assert found.detail.endswith(" 3")


def test_a_letter_comes_out_as_it_was_read(box: Box) -> None:
    found = box.read(letter("打印机坏了。"))

    assert isinstance(found, Letter)
    assert (found.envelope.from_addr, found.new_text) == ("lin@corp.example", "打印机坏了。")
