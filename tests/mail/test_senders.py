"""From is a claim: only what our own server found out is believed."""

import pytest

from desk.mail.rules.letters import Verdicts
from desk.mail.rules.read import read
from desk.mail.rules.senders import has_failed, is_verified
from tests.mail.letters import letter

OURS = frozenset({"mx.desk.example"})
LIN = "lin@corp.example"


def verdicts(told: str) -> Verdicts:
    return read(letter(Authentication_Results=told)).envelope.verdicts


@pytest.mark.parametrize(
    "told",
    [
        "mx.desk.example; dmarc=pass header.from=corp.example",
        "mx.desk.example; dkim=pass header.d=corp.example",
        "mx.desk.example; spf=pass smtp.mailfrom=lin@corp.example",
    ],
)
def test_our_server_vouches_for_the_domain(told: str) -> None:
    assert is_verified(verdicts(told), LIN, OURS)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "mx.evil.example; dmarc=pass header.from=corp.example",
        "mx.desk.example; dmarc=fail header.from=corp.example",
        "mx.desk.example; dkim=pass header.d=evil.example",
        "mx.desk.example; spf=pass smtp.mailfrom=x@evil.example",
        "mx.desk.example; dkim=none (dkim=pass header.d=corp.example)",
        "mx.desk.example (; dmarc=pass header.from=corp.example)",
        "mx.desk.example.evil.example; dmarc=pass header.from=corp.example",
        "mx.desk.example; x-dmarc=pass; spf=softfail smtp.mailfrom=corp.example; dkim=fail header.d=corp.example",
    ],
)
def test_nobody_else_does(told: str) -> None:
    assert not is_verified(verdicts(told), LIN, OURS)


def test_a_result_that_the_sender_brought_along_counts_for_nothing() -> None:
    forged = "mx.desk.example; dmarc=pass header.from=corp.example"
    raw = b"Authentication-Results: mx.desk.example; dmarc=fail\r\n" + letter(Authentication_Results=forged)

    assert has_failed(read(raw).envelope.verdicts)
    assert not is_verified(read(raw).envelope.verdicts, LIN, OURS)


def test_a_failed_dmarc_is_told() -> None:
    assert read(letter(Authentication_Results="mx.desk.example; spf=pass; dmarc=fail")).envelope.auth_fail
    assert not read(letter()).envelope.auth_fail
