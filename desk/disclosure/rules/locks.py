"""The locks of a portion and the keys of a reader.

policies.sql and locks.sql say the same in the database; a test compares them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from desk.disclosure.rules.labels import Label, Parties, Tier
from desk.locks import EVERYONE, STAFF, department, handlers, person


def locks(own: Label, *, author: int, parties: Parties, for_requester: bool, asked: Collection[str] = ()) -> list[str]:
    """The locks of a portion: whoever holds one of these keys reads it. `asked`: of who was asked with these words."""
    answered = [person(parties.requester)] if for_requester else []
    match own.tier:
        case Tier.OPEN | Tier.INTERNAL:
            wide = own.tier == parties.label.tier == Tier.OPEN
            return [EVERYONE if wide else STAFF]
        case Tier.DEPARTMENT:
            members = {own.owner, parties.serving, parties.requesting}
            return sorted({person(author), person(parties.requester), *map(department, members), *asked})
        case Tier.RESTRICTED:
            return sorted({person(author), handlers(own.owner), *asked, *answered})
        case _:
            return sorted({person(author), *answered})


@dataclass(frozen=True, kw_only=True)
class Keys:
    """What a reader holds. `own` still opens where the reader is recused: own words and live grants."""

    all: frozenset[str]
    own: frozenset[str]
    recused: frozenset[int] = frozenset()


def keys(
    who: int, *, active: bool, guest: bool, levels: dict[int, int], grants: Iterable[str], recused: Iterable[int] = ()
) -> Keys:
    """Keys of a person; `levels` as in Writer, `grants` those that are live."""
    if not active:
        return Keys(all=frozenset(), own=frozenset())
    own = {person(who), *grants}
    rank: set[str] = set()
    if not guest:
        rank = (
            {STAFF} | {department(of) for of in levels} | {handlers(of) for of, level in levels.items() if level >= 3}
        )
    return Keys(all=frozenset({EVERYONE} | own | rank), own=frozenset(own), recused=frozenset(recused))


def opens(audience: Iterable[str], item: str, ticket: int, held: Keys) -> bool:
    """Does this reader READ a portion with these locks? `item` is what a grant would name."""
    fits = held.all & set(audience)
    if item in held.own or fits & {EVERYONE, STAFF}:
        return True
    return bool(fits) and (ticket not in held.recused or bool(fits & held.own))
