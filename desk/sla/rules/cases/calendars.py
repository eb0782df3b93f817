"""The calendars of a stream of cases: one that comes again is not laid out again."""

import msgspec
from msgspec import Raw

from desk.sla.rules import format
from desk.sla.rules.compiled import Compiled

_KEPT = 500


class Calendars:
    def __init__(self) -> None:
        self._known: dict[bytes, Compiled] = {}

    def at(self, written: Raw, near: int) -> Compiled:
        """The calendar of a case, laid out a little around an instant. Raises Invalid."""
        key = bytes(written)
        if key not in self._known:
            if len(self._known) == _KEPT:
                self._known.clear()
            self._known[key] = Compiled(format.parse(msgspec.json.decode(key)), near=near, behind=10, ahead=60)
        return self._known[key]
