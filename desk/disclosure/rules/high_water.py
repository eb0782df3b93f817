"""Words made of other words: as shut as the most shut of their sources, for as long as the longest; never wider."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from desk.disclosure.rules.labels import Label, Tier
from desk.locks import EVERYONE, STAFF
from desk.locks import person as named


def high_water(own: Label, sources: Iterable[Label]) -> Label:
    """`own` raised to the highest tier and the longest term of its sources; its owner stays."""
    for source in sources:
        if source.tier < Tier.DEPARTMENT:
            own = replace(own, tier=max(own.tier, source.tier))
            continue
        terms = [day for day in (own.opens_on, source.opens_on) if day]
        own = replace(
            own,
            tier=max(own.tier, source.tier),
            reason=own.reason or source.reason,
            sentence=own.sentence or source.sentence,
            opens_on=max(terms, default=None),
            opens_to=max(own.opens_to, source.opens_to),
        )
    return own


def under(own: Label, request: Label) -> Label:
    """Words under a request are at least as shut, and for as long, as the request, whose owner they get with that."""
    raised = high_water(own, [request])
    return raised if request.tier < Tier.DEPARTMENT else replace(raised, owner=request.owner)


def wider(audience: Collection[str], than: Collection[str], guests: Collection[int] = ()) -> list[str]:
    """Locks of `audience` whose holders need not read what is locked by `than`: today and whoever joins later.

    `guests`: those among the persons named who hold no staff key.
    """
    return sorted(lock for lock in audience if not _within(lock, than, guests))


def surely_reads(person: int, audience: Collection[str], *, guest: bool) -> bool:
    """Whatever department somebody works in: by name, or as one of all."""
    return bool({EVERYONE, named(person), *([] if guest else [STAFF])} & set(audience))


def _within(lock: str, than: Collection[str], guests: Collection[int]) -> bool:
    kind, _, of = lock.partition(":")
    if lock in than or EVERYONE in than:
        return True
    if STAFF in than:
        return kind in ("department", "handlers") or (kind == "person" and int(of) not in guests)
    return kind == "handlers" and f"department:{of}" in than
