"""Who may change the directory, and who answers for whom."""

from collections.abc import Collection, Sequence
from enum import IntEnum, StrEnum

from desk.i18n import Forbidden, Invalid, Refused, Sentence


class Level(IntEnum):
    """What one person is in one department."""

    MEMBER = 2
    HANDLER = 3


class RoleName(StrEnum):
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    HR = "hr"


def may_administer(roles: Collection[str]) -> bool:
    """People and departments are kept by administrators and by human resources."""
    return RoleName.ADMINISTRATOR in roles or RoleName.HR in roles


def check_may_administer(roles: Collection[str]) -> None:
    """Raises Forbidden."""
    if not may_administer(roles):
        raise Forbidden("directory.may_not_administer")


def check_may_appoint(roles: Collection[str]) -> None:
    """Roles are given by administrators only: human resources cannot make itself more. Raises Forbidden."""
    if RoleName.ADMINISTRATOR not in roles:
        raise Forbidden("directory.may_not_appoint")


class OwnClearance(Refused):
    """Whoever keeps the directory wanted to let themselves in; somebody else has to, and the journal knows."""

    def __init__(self) -> None:
        super().__init__("directory.own_clearance")


def check_not_oneself(person: int | None, *, by: int | None) -> None:
    """Nobody gives themselves what opens words: a level, a headship, a department, an audit. Raises OwnClearance."""
    if by is not None and person == by:
        raise OwnClearance


def check_administrators_left(administrators: Collection[int], without: int) -> None:
    """Somebody must remain who can give roles. Raises Refused."""
    if set(administrators) == {without}:
        raise Refused("directory.last_administrator")


def check_may_set_absence(roles: Collection[str], *, by: int | None, person: int) -> None:
    """One's own absence is one's own business. Raises Forbidden."""
    if by != person:
        check_may_administer(roles)


def check_staff(field: str, *, guest: bool, left: bool) -> None:
    """A superior, head, deputy or member works here. Raises Invalid about the field."""
    if guest or left:
        raise Invalid({field: Sentence("directory.not_staff")})


def check_leads_none(name: str, led: Sequence[Sentence]) -> None:
    """A department changes its head before the head changes. Raises Refused."""
    if led:
        raise Refused("directory.leads", name=name, department=led[0])


def check_may_be_guest(name: str, roles: Collection[str]) -> None:
    """Raises Refused for whoever holds a role."""
    if roles:
        raise Refused("directory.guest_with_roles", name=name)
