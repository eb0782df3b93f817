"""Machines are told from people, with a reason that can be shown."""

import pytest

from desk.mail.rules.letters import Own
from desk.mail.rules.read import read
from desk.mail.rules.signed import Signer
from tests.mail.letters import letter


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Auto_Submitted", "auto-replied (vacation)"),
        ("X_Auto_Response_Suppress", "All"),
        ("Precedence", "bulk"),
        ("X_Autoreply", "yes"),
        ("X_Loop", "desk@other.example"),
        ("List_Id", "<staff.corp.example>"),
        ("Return_Path", "<>"),
    ],
)
def test_a_header_gives_a_machine_away(field: str, value: str) -> None:
    standing = read(letter(**{field: value})).standing

    assert standing.is_auto
    assert standing.auto_reason.lower().startswith(field.replace("_", "-").lower())


@pytest.mark.parametrize(
    "subject",
    [
        "自动回复: 打印机",
        "自动答复：打印机",
        "Automatic reply: Printer",
        "Out of Office: Printer",
        "Abwesenheitsnotiz: x",
        "Réponse automatique : x",
    ],
)
def test_a_subject_gives_a_machine_away(subject: str) -> None:
    assert read(letter(Subject=subject)).standing.auto_reason.startswith("Subject: ")


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@corp.example", "no-reply@shop.example", "noreply+1@shop.example"])
def test_an_address_that_nobody_reads_gives_a_machine_away(sender: str) -> None:
    assert read(letter(From=sender)).standing.auto_reason == f"From: {sender}"


@pytest.mark.parametrize(
    "subject", ["自动回复怎么设置？", "关于自动回复", "Auto reply does not work, please help", "Printer"]
)
def test_whoever_asks_about_automatic_answers_is_a_person(subject: str) -> None:
    standing = read(letter(Subject=subject)).standing

    assert not standing.is_auto, standing.auto_reason


def test_a_letter_that_says_a_person_sent_it_is_believed() -> None:
    assert not read(letter(Auto_Submitted="no", Precedence="bulk")).standing.is_auto


def test_a_complaint_of_a_provider_is_feedback() -> None:
    raw = letter("", "multipart/report; report-type=feedback-report; boundary=B") + b"--B\r\n\r\nAbuse.\r\n--B--\r\n"

    assert read(raw).standing.is_feedback


SIGNER = Signer("a secret of the tests", "desk@corp.example")
OWN = Own(("desk@corp.example",), SIGNER.instance)


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "Desk <Desk@corp.example>"},
        {"From": SIGNER.reply_address(2081, 7)},
        {"Return_Path": f"<{SIGNER.bounce_address(3, 7)}>"},
        {"Message_ID": f"<{SIGNER.message_id(9, 7)}>"},
        {"X_Desk_Instance": SIGNER.instance},
    ],
)
def test_a_letter_of_this_desk_is_known_whatever_it_says_of_itself(fields: dict[str, str]) -> None:
    raw = letter(Auto_Submitted="no", **fields)

    assert read(raw, OWN).standing.auto_reason.startswith(next(iter(fields)).replace("_", "-"))
    assert not read(raw).standing.is_auto


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "desk@other.example"},
        {"Message_ID": "<0f3c@corp.example>"},
        {"Message_ID": f"<{SIGNER.message_id(9, 7)}>".replace("corp", "other")},
        {"X_Desk_Instance": Signer("another secret", SIGNER.address).instance},
    ],
)
def test_a_coworker_in_the_same_domain_and_another_desk_are_not_this_one(fields: dict[str, str]) -> None:
    assert not read(letter(**fields), OWN).standing.is_auto
