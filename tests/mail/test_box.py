"""The box: a hostile letter ends within its limits as a refused one with a reason, and the next letter is read."""

import sys
from collections.abc import Iterator

import pytest

from desk.mail.actions.box import Box
from desk.mail.rules.letters import Letter, Own, Refusal
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
        (hostile.bomb, Reason.BOMB),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_hostile_letter_is_refused_with_its_reason(box: Box, raw, reason: Reason) -> None:
    found = box.read(raw())

    assert isinstance(found, Refusal)
    assert found.reason is reason


@pytest.mark.parametrize(
    "raw",
    [
        hostile.long_name, hostile.many_charsets, hostile.unended_comments, hostile.unended_attributes,
        hostile.unended_sections, hostile.deep_html, hostile.entities, hostile.dashes, hostile.bomb_within,
    ],
)  # fmt: skip
def test_a_letter_that_wants_to_be_slow_is_read_within_the_limits(box: Box, raw) -> None:
    found = box.read(raw())

    assert isinstance(found, Letter), found


WASTES = """
import os, time
from desk.mail.actions import inside
inside.SECONDS = 1
inside.read = lambda raw, own: ({}, inside.Refusal(inside.Reason.BOMB))[1]
inside.main()
"""


def busy(seconds: float) -> str:
    return f"(lambda end: any(iter(lambda: time.process_time() > end, True)))(time.process_time() + {seconds})"


@pytest.mark.parametrize(
    ("waste", "reason"),
    [
        (busy(9), Reason.TOO_SLOW),
        ("bytearray(inside.MEMORY)", Reason.TOO_MUCH_MEMORY),
        ("os.write(os.memfd_create('of a letter'), b'x')", Reason.BROKEN),
    ],
)
def test_the_kernel_keeps_the_limits_whatever_the_rules_do(waste: str, reason: Reason) -> None:
    """Without these three the tests above would prove nothing of a rule that fails to see a hostile letter."""
    with Box((sys.executable, "-c", WASTES.format(waste))) as wasteful:
        found = wasteful.read(letter())

    assert isinstance(found, Refusal)
    assert found.reason is reason


def test_a_letter_after_a_slow_one_has_its_own_seconds() -> None:
    with Box((sys.executable, "-c", WASTES.format(busy(0.7)))) as working:
        found = [working.read(letter()) for _ in range(3)]

    assert [one.reason for one in found if isinstance(one, Refusal)] == [Reason.BOMB] * 3


@pytest.mark.parametrize("said", [b"\x00\x00\x00\x01\xc0", b"\xff\xff\xff\xff", b"\x00"])
def test_a_reader_that_was_taken_over_cannot_say_what_it_likes(said: bytes) -> None:
    lies = f"import sys; sys.stdin.buffer.read(8); sys.stdout.buffer.write({said!r})"
    with Box((sys.executable, "-c", lies)) as lying:
        found = lying.read(letter())

    assert isinstance(found, Refusal)
    assert found.reason is Reason.BROKEN


def test_the_box_is_told_which_letters_are_the_desks_own() -> None:
    with Box(own=Own(("desk@corp.example",))) as box:
        found = [box.read(letter(From=sender)) for sender in ("desk@corp.example", "lin@corp.example")]

    assert [one.standing.is_auto for one in found if isinstance(one, Letter)] == [True, False]


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


def test_a_reader_that_says_nothing_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.mail.actions.box.PATIENCE", 0.1)
    drips = "import sys, time; sys.stdout.buffer.write(b'\\0\\0\\1\\0')\nwhile True: sys.stdout.buffer.write(b'x'); sys.stdout.buffer.flush(); time.sleep(.02)"
    with Box((sys.executable, "-c", drips)) as dripping:
        found = dripping.read(letter())

    assert isinstance(found, Refusal)
    assert found.reason is Reason.TOO_SLOW
