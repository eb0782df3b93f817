"""Why somebody reads a portion, sees a marker of it, or learns nothing: the ground of each answer, in one word."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from desk import locks
from desk.disclosure.rules.labels import Tier
from desk.disclosure.rules.locks import Keys
from desk.locks import EVERYONE, STAFF


class Sight(StrEnum):
    READ = "READ"
    MARK = "MARK"
    NONE = "NONE"


class Ground(StrEnum):
    LEFT = "left"  # no key at all: left the company
    GRANT = "grant"
    AUTHOR = "author"
    REQUESTER = "requester"
    NAMED = "named"  # asked with these words
    EVERYBODY = "everybody"
    EMPLOYEE = "employee"
    HANDLER = "handler"
    MEMBER = "member"
    RECUSED = "recused"
    SEALED = "sealed"
    GUEST = "guest"
    REQUEST_HIDDEN = "request_hidden"  # no marker is told of what stands under it
    NO_KEY = "no_key"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Of one portion: its locks, what a grant would name, whose it is. `readable`: whether its request is read."""

    audience: Collection[str]
    granted: str
    ticket: int
    tier: Tier
    sealed: bool
    author: int
    requester: int
    whole: bool  # the request itself
    readable: bool = True


def sight(facts: Facts, held: Keys, who: int) -> tuple[Sight, Ground, str]:
    """(READ, MARK or NONE; why; by which lock, "" for none). Opens exactly where rules.opens does."""
    if not held.all:
        return Sight.NONE, Ground.LEFT, ""
    if facts.granted in held.own:
        return Sight.READ, Ground.GRANT, facts.granted
    fits = sorted(held.all & set(facts.audience), key=lambda lock: _ORDER[lock.partition(":")[0]])
    if fits and (ground := _opened(fits, facts, held, who)):
        return Sight.READ, ground[0], ground[1]
    if fits:
        return _hidden(facts, held, Ground.RECUSED)
    return _hidden(facts, held, Ground.NO_KEY)


_ORDER = {EVERYONE: 0, STAFF: 1, "person": 2, "ticket": 3, "update": 3, "handlers": 4, "department": 5}
_BY_RANK = {EVERYONE: Ground.EVERYBODY, STAFF: Ground.EMPLOYEE, "handlers": Ground.HANDLER, "department": Ground.MEMBER}


def _opened(fits: list[str], facts: Facts, held: Keys, who: int) -> tuple[Ground, str] | None:
    """By the widest lock that fits; whoever is recused opens with what is their own, and with what all may read."""
    recused = facts.ticket in held.recused
    for lock in fits:
        if recused and lock not in held.own and lock not in (EVERYONE, STAFF):
            continue
        if lock == locks.person(who):
            mine = Ground.AUTHOR if who == facts.author else Ground.NAMED
            return (Ground.REQUESTER if who == facts.requester != facts.author else mine), lock
        return _BY_RANK.get(lock.partition(":")[0], Ground.GRANT), lock
    return None


def _hidden(facts: Facts, held: Keys, why: Ground) -> tuple[Sight, Ground, str]:
    if facts.sealed:
        return Sight.NONE, Ground.SEALED, ""
    if STAFF not in held.all and facts.whole:
        return Sight.NONE, Ground.GUEST, ""
    if not facts.whole and not facts.readable:
        return Sight.NONE, Ground.REQUEST_HIDDEN, ""
    return Sight.MARK, why, ""
