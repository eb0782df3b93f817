"""`desk mail parse`."""

import json
from pathlib import Path

from click.testing import CliRunner

from desk.cli import main
from tests.mail import hostile
from tests.mail.letters import file, letter, multipart, part


def run(given: bytes, *options: str) -> list[dict[str, object]]:
    answered = CliRunner().invoke(main, ["mail", "parse", *options], input=given)
    assert answered.exit_code == 0, answered.output
    return [json.loads(line) for line in answered.stdout_bytes.splitlines()]


def test_a_letter_on_stdin_is_told_as_one_object() -> None:
    (told,) = run(multipart(part("It is broken."), file("photo.png", kind="image/png")))

    assert told["from_addr"] == "lin@corp.example"
    assert told["new_text"] == "It is broken."
    assert told["attachments"] == [
        {"filename": "photo.png", "kind": "application/octet-stream", "size": 1, "inline": False}
    ]


def test_a_refused_letter_is_told_with_its_reason() -> None:
    (told,) = run(hostile.deep())

    assert str(told["error"]).startswith("too_deep")


def test_the_server_answers_every_line_in_order(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(letter(Subject="One"))
    asked = [{"id": "1", "path": str(tmp_path / "one.eml")}, {"id": "2", "path": str(tmp_path / "none.eml")}]
    lines = "".join(json.dumps(one) + "\n" for one in asked) + "no question\n"
    first, second, third = run(lines.encode(), "--server")

    assert (first["id"], first["subject"]) == ("1", "One")
    assert second == {"id": "2", "error": "No such file or directory"}
    assert "error" in third
