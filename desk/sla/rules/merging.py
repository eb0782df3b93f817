"""Two requests about the same become one: what is owed goes along with its own due, what broke stays broken."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from desk.i18n import Refused
from desk.sla.rules.kinds import Kind, Standing


class Word(Struct, frozen=True):
    """A promise of the request that is merged away; `owed`: not settled yet, also when it is broken."""

    id: int
    kind: Kind
    state: Standing
    owed: bool


class Merged(Struct, frozen=True):
    """Ids: `move` under the request that stays, due, verdict and promisee as they are; `withdraw` what that one owes
    anyway; `stay` where they are, because they are settled."""

    move: tuple[int, ...]
    withdraw: tuple[int, ...]
    stay: tuple[int, ...]


def merge(words: Iterable[Word]) -> Merged:
    """What becomes of each promise. A broken one that is withdrawn stays broken, as always."""
    known = list(words)
    owed = [word for word in known if word.owed]
    return Merged(
        tuple(word.id for word in owed if word.kind is not Kind.RESOLUTION),
        tuple(word.id for word in owed if word.kind is Kind.RESOLUTION),
        tuple(word.id for word in known if not word.owed),
    )


def check_merge(goes: int, stays: int, into: Mapping[int, int]) -> None:
    """Raises Refused for what would lead nowhere: into itself, or with one that is merged already."""
    if goes == stays:
        raise Refused("sla.merge_itself")
    if goes in into or stays in into:
        raise Refused("sla.merged_already")
