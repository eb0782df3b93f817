"""`desk mail send-test`."""

import pytest
from click.testing import CliRunner

from desk import settings
from desk.cli import main
from tests.outbox.post import Server, text


def run(address: str) -> tuple[int, str]:
    answered = CliRunner().invoke(main, ["mail", "send-test", address])
    return answered.exit_code, answered.output


def test_a_test_letter_arrives_in_both_languages(server: Server) -> None:
    code, said = run("lin@example.cn")

    (letter,) = server.box("lin@example.cn")
    assert code == 0
    assert "took the test letter" in said
    assert "试信" in text(letter)
    assert "letters of the desk arrive" in text(letter)


def test_a_refusal_is_told_with_the_codes_of_the_server(server: Server) -> None:
    server.answers["gone@example.cn"] = "550 5.1.1 zebra"

    code, said = run("gone@example.cn")
    assert code == 1
    assert "550 5.1.1" in said
    assert "zebra" not in said


@pytest.mark.parametrize("address", ["", "nobody", "a@b@c", "林@example.cn", "lin@example.cn\nBcc: x@example.cn"])
def test_what_is_no_address_is_said_so(server: Server, address: str) -> None:
    assert run(address)[0] == 1
    assert server.taken == []


def test_without_a_server_it_says_what_to_set(still: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_SMTP_URL", raising=False)
    settings.current.cache_clear()

    code, said = run("lin@example.cn")
    assert code == 1
    assert "DESK_SMTP_URL" in said
