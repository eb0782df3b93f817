"""A mail server stands outside, unless a test wants none."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.outbox.post import Server, listening


@pytest.fixture
def server(still: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with listening(monkeypatch) as server:
        yield server
