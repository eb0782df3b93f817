"""Which pages stand in the navigation of whom."""

from msgspec import Struct


class Entry(Struct, frozen=True):
    key: str  # pressed after G
    href: str
    icon: str
    label: str  # locale key


HOME = Entry("h", "/", "house", "accounts.nav_home")
DESK = Entry("d", "/desk", "inbox", "accounts.nav_desk")
PROMISES = Entry("w", "/promises", "handshake", "accounts.nav_promises")
REQUESTS = Entry("q", "/queue", "layout-list", "accounts.nav_requests")
PEOPLE = Entry("p", "/people", "users", "accounts.nav_people")
SERVICES = Entry("s", "/services", "settings", "accounts.nav_services")


def navigation(*, guest: bool, handles: bool) -> list[Entry]:
    """At most six: they stand side by side under the thumb."""
    if guest:
        return [HOME, PROMISES]
    entries = [HOME, DESK, PROMISES, REQUESTS, PEOPLE, SERVICES]
    return [entry for entry in entries if entry is not DESK or handles]


def current(entry: Entry, path: str, *, handles: bool) -> bool:
    """The pages of administrators hang under the services, letters that wait under the desk of whoever has one."""
    if path == "/letters":
        return entry == (DESK if handles else SERVICES)
    if path.startswith("/admin/") or path == "/outbox":
        return entry == SERVICES
    return path == entry.href or (entry.href != "/" and path.startswith(entry.href + "/"))
