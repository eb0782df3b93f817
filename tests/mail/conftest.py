from collections.abc import Iterator

import pytest

from tests.mail.dovecot import Dovecot, Inbox


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def inbox(dovecot: Dovecot) -> Inbox:
    """A new mailbox, empty."""
    return dovecot.box()
