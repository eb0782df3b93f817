"""How mailboxes are named, what is fetched together and how long a fault is waited for."""

import pytest

from desk.i18n import Refused
from desk.mail.rules.fetching import LONGEST_PAUSE, MOST_BYTES_TOGETHER, MOST_TOGETHER, Fault, pause, portions
from desk.mail.rules.mailboxes import read


def test_a_mailbox_is_read_with_its_percent_signs_decoded() -> None:
    box = read("imaps://desk%40corp.example:p%40ss%2F%3A@mail.corp.example/INBOX/%E6%9D%A5%E4%BF%A1", 1)

    assert (box.user, box.password, box.folder) == ("desk@corp.example", "p@ss/:", "INBOX/来信")
    assert (box.host, box.port, box.tls, box.tokens) == ("mail.corp.example", 993, True, None)
    assert box.name == "imap:mail.corp.example/desk@corp.example/INBOX/来信"
    assert "p@ss" not in repr(box)


def test_ports_and_folders_have_defaults() -> None:
    near, far = read("imap://a:b@127.0.0.1", 1), read("imap://a:b@mail.example:1143/Desk", 1)

    assert (near.port, near.folder, near.is_near) == (143, "INBOX", True)
    assert (far.port, far.folder, far.is_near) == (1143, "Desk", False)
    assert near.recipient == "a@127.0.0.1"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("imaps://host/INBOX", "user, host"),
        ("imaps://user@host/INBOX", "password"),
        ("imaps://user:secret@host:99999/INBOX", "port"),
        ("imaps://user:secret@host:secret/INBOX", "port"),
        ("imaps://user:secret@host/INBOX?auth=xoauth2&client_id=x", "token_url"),
        ("imaps://user:secret@host/INBOX?auth=xoauth2&client_id=x&token_url=http://login.example/token", "token_url"),
        ("imaps://user:secret@host/INBOX?auth=xoauth2&token_url=https://login.example/token", "client_id"),
    ],
)
def test_one_that_cannot_be_used_is_told_by_its_place_and_never_quoted(url: str, why: str) -> None:
    with pytest.raises(Refused, match=f"Mailbox 3 of DESK_IMAP_URL cannot be used because of: {why}") as refused:
        read(url, 3)

    assert "secret" not in str(refused.value)


def test_names_of_channels_fit_and_differ() -> None:
    names = {read(f"imaps://desk:x@{'mail.' * 12}example/{folder}", 1).name for folder in ("one", "two")}

    assert len(names) == 2
    assert all(len(name) == 64 for name in names)


def test_what_is_fetched_together_is_limited_in_number_and_bytes() -> None:
    assert [len(one) for one in portions(dict.fromkeys(range(1, 121), 10), {})] == [MOST_TOGETHER, MOST_TOGETHER, 20]
    assert list(portions({3: 10, 1: MOST_BYTES_TOGETHER + 1, 2: MOST_BYTES_TOGETHER}, {})) == [[1], [2], [3]]


def test_what_failed_before_goes_last_and_alone() -> None:
    assert list(portions(dict.fromkeys(range(1, 7), 10), {2: 1, 4: 2})) == [[1, 3, 5, 6], [2], [4]]


def test_faults_are_waited_for_longer_each_time() -> None:
    assert [pause(Fault.UNREACHABLE, times) for times in (1, 2, 3)] == [1, 2, 4]
    assert pause(Fault.LOGIN, 1) == 60
    assert {pause(fault, 10_000) for fault in Fault} == {LONGEST_PAUSE}
