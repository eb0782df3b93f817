"""Reports of failed deliveries: whom they name, and which letter came back."""

import pytest

from desk.mail.rules.read import read
from tests.mail.letters import letter, multipart, part

GONE = "Reporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; wu@corp.example\r\nAction: {}\r\nStatus: {}"


def report(action: str, status: str) -> bytes:
    returned = part("Message-ID: <sent@desk.example>\r\nSubject: Printer\r\n\r\nx", "message/rfc822")
    status_part = part(GONE.format(action, status), "message/delivery-status")
    kind = "report; report-type=delivery-status"
    return multipart(part("Sorry."), status_part, returned, kind=kind, From="MAILER-DAEMON@corp.example")


def test_a_report_names_who_was_not_reached_and_the_letter() -> None:
    standing = read(report("failed", "5.1.1")).standing

    assert standing.is_bounce
    assert standing.bounced == ("wu@corp.example",)
    assert standing.bounced_id == "sent@desk.example"
    assert not standing.delayed


def test_what_is_late_has_not_failed() -> None:
    assert read(report("delayed", "4.4.1")).standing.delayed


@pytest.mark.parametrize(
    ("sender", "subject", "words"),
    [
        ("PostMaster@qq.example", "系统退信", "您的邮件被退回。\n收件人：wu@corp.example\n邮箱不存在"),
        ("postmaster@corp.example", "Undeliverable: Printer", "550 5.1.1 <wu@corp.example> User unknown"),
        ("MAILER-DAEMON@corp.example", "failure notice", "<wu@corp.example>:\nno such user"),
    ],
)
def test_a_report_without_the_standard_form_is_known_too(sender: str, subject: str, words: str) -> None:
    standing = read(letter(words, From=sender, Subject=subject, Return_Path="<>")).standing

    assert standing.is_bounce
    assert standing.bounced == ("wu@corp.example",)


@pytest.mark.parametrize(
    ("sender", "subject", "words"),
    [
        ("lin@corp.example", "客户收到系统退信，请查", "客户转来的：550 User not found"),
        ("lin@corp.example", "Why was my letter undeliverable?", "It says: user unknown"),
        ("admin@corp.example", "Backup failed", "The disk is full."),
        ("notice@corp.example", "Printer", "It could not be delivered by hand."),
    ],
)
def test_a_person_who_writes_about_one_is_a_person(sender: str, subject: str, words: str) -> None:
    assert not read(letter(words, From=sender, Subject=subject)).standing.is_bounce
