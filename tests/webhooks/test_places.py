"""Calls go to servers that everybody may reach, by https, unless the operator has listed them."""

import pytest

from desk.i18n import Invalid
from desk.webhooks.rules.places import is_public, place

LISTED = ("chat.corp.example:8443", "127.0.0.1:9000")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://chat.example/x", "https://"),
        ("ftp://chat.example/x", "https://"),
        ("javascript:alert(1)", "no address"),
        ("https://", "no address"),
        ("https://user:word@chat.example/", "no address"),
        ("https://chat.example/#part", "no address"),
        ("https://chat.example/a b", "no address"),
        ("https://chat.example/\r\nHost: x", "no address"),
        ("https://chat.example:99999/", "no address"),
        ("https://例子.example/", "no address"),
        ("https://[::1", "no address"),
        ("https://chat.example/" + "x" * 1000, "no address"),
        ("https://127.0.0.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://10.0.0.8/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("http://127.0.0.1:9001/", "https://"),
    ],
)
def test_an_address_that_is_no_place_for_words_is_refused_with_its_reason(address: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        place(address, LISTED)


def test_what_the_operator_listed_may_be_private_and_without_tls() -> None:
    assert place("http://127.0.0.1:9000/hook", LISTED).path == "/hook"
    assert place("https://CHAT.corp.example:8443/?k=1", LISTED).path == "/?k=1"


def test_a_usual_address_is_taken_apart() -> None:
    found = place("https://oapi.dingtalk.com/robot/send?access_token=t")

    assert (found.host, found.port, found.tls, found.path) == (
        "oapi.dingtalk.com", 443, True, "/robot/send?access_token=t",
    )  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a00:1::",
        "no address", "",
    ],
)  # fmt: skip
def test_an_address_that_not_everybody_reaches_is_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "203.119.238.240", "2001:4860:4860::8888"])
def test_an_address_that_everybody_reaches_is_public(address: str) -> None:
    assert is_public(address)
