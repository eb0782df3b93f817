"""For whom a letter is, by the address that it was sent to."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from desk.catalog.rules.service import Service


class Place(Struct, frozen=True):
    """A service, or a department that offers none."""

    service: str | None = None
    department: str | None = None


def names(addresses: Iterable[str], own: str) -> list[str]:
    """What an address of the desk names: finance@example.com, or desk+finance@example.com."""
    local, _, domain = own.partition("@")
    found: list[str] = []
    for address in addresses:
        told, _, of = address.strip("<> ").lower().rpartition("@")
        before, plus, after = told.partition("+")
        name = after if plus and before == local else before
        if of == domain and name and name != local:
            found.append(name)
    return list(dict.fromkeys(found))


def is_own(address: str, own: str) -> bool:
    """The desk's own address and whatever is made of it."""
    local, _, domain = own.partition("@")
    told, _, of = address.strip("<> ").lower().rpartition("@")
    return of == domain and told.partition("+")[0] == local


def place(named: Sequence[str], services: Sequence[Service], departments: Sequence[str]) -> Place:
    """A service by its code, or the first that a department offers; nothing: the desk's unmatched road."""
    for name in named:
        if any(one.code == name for one in services):
            return Place(service=name)
        own = [one for one in services if one.department_code == name]
        offered = [one for one in own if not one.catch_all] or own
        if offered:
            return Place(service=offered[0].code)
        if name in departments:
            return Place(department=name)
    return Place()
