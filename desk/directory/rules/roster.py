"""A file of people: what it may say, and what is wrong with it, line by line, before anything is written."""

import csv
import io
from collections.abc import Iterator, Mapping

from msgspec import Struct

from desk.directory.rules.duties import Level, RoleName
from desk.directory.rules.facts import department_faults, person_faults, plain
from desk.directory.rules.line import cycles
from desk.i18n import LANGUAGES, Refused, Sentence

NEEDED = ("login", "name", "email", "department")
COLUMNS = (
    *NEEDED,
    "superior",
    "level",
    "title",
    "language",
    "roles",
    "guest",
    "department_name_zh",
    "department_name_en",
)
_LEVELS = {"": None, "member": Level.MEMBER, "2": Level.MEMBER, "handler": Level.HANDLER, "3": Level.HANDLER}
_YES_NO = {"": False, "no": False, "0": False, "否": False, "yes": True, "1": True, "是": True}
_LANGUAGES = {"": None, "zh": "zh-CN", "zh-cn": "zh-CN", "en": "en"}
Fault = tuple[int, Sentence]  # line of the file


class Row(Struct, frozen=True):
    """One person of the file. None: the file does not say."""

    line: int
    login: str
    name: str
    email: str
    department: str
    superior: str | None = None
    level: str = ""
    title: str | None = None
    language: str = ""
    roles: tuple[str, ...] | None = None
    guest: str = ""
    department_name_zh: str | None = None
    department_name_en: str | None = None

    @property
    def wanted_level(self) -> int | None:
        return _LEVELS[self.level]

    @property
    def wanted_language(self) -> str | None:
        return _LANGUAGES[self.language]

    @property
    def is_guest(self) -> bool:
        return _YES_NO[self.guest]


class Known(Struct, frozen=True):
    """What the directory holds before the file is read; logins and addresses in small letters."""

    departments: frozenset[str]  # codes of those that are not closed
    emails: Mapping[str, str]  # address -> login
    superiors: Mapping[str, str]  # login -> login
    here: frozenset[str]  # logins of those who have not left
    left: frozenset[str]


class Faulty(Refused):
    """A file with faults: every one on a line of its own. Nothing of it is written."""

    status = 422

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("directory.roster_faulty", n=len(faults), faults=_Lines(faults))


class _Lines(Sentence):
    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("directory.roster_fault")
        self.faults = faults

    def say(self, language: str) -> str:
        told = [Sentence("directory.roster_fault", line=line, fault=fault) for line, fault in self.faults]
        return "\n".join(one.say(language) for one in told)


def decode(content: bytes) -> str:
    """UTF-8, or GB 18030 as Chinese spreadsheets save it. Raises Faulty."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Faulty([(1, Sentence("directory.roster_encoding"))])


def parse(text: str) -> list[Row]:
    """The rows of a file with a heading line. Raises Faulty for columns that are missing, unknown or doubled."""
    reader = csv.reader(io.StringIO(text, newline=""))
    heading = [name.strip().lower() for name in next(reader, [])]
    if faults := list(_heading_faults(heading)):
        raise Faulty(faults)
    rows, broken = [], []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heading):
            broken.append((reader.line_num, Sentence("directory.roster_cells", n=len(cells), wanted=len(heading))))
        else:
            rows.append(_row(reader.line_num, dict(zip(heading, cells, strict=True))))
    if broken:
        raise Faulty(broken)
    return rows


def _heading_faults(heading: list[str]) -> Iterator[Fault]:
    for name in NEEDED:
        if name not in heading:
            yield 1, Sentence("directory.roster_missing", column=name)
    for name in dict.fromkeys(heading):
        if name not in COLUMNS:
            yield 1, Sentence("directory.roster_unknown", column=name[:40], columns=", ".join(COLUMNS))
        elif heading.count(name) > 1:
            yield 1, Sentence("directory.roster_doubled", column=name)


def _row(line: int, cells: dict[str, str]) -> Row:
    said = {name: cell.strip() for name, cell in cells.items()}
    roles = said.get("roles")
    return Row(
        line=line,
        login=said["login"].lower(),
        name=said["name"],
        email=said["email"],
        department=said["department"].lower(),
        superior=(plain(said.get("superior")) or "").lower() or None,
        level=said.get("level", "").lower(),
        title=plain(said.get("title")),
        language=said.get("language", "").lower(),
        roles=None if roles is None else tuple(roles.lower().replace(";", " ").replace("|", " ").split()),
        guest=said.get("guest", "").lower(),
        department_name_zh=plain(said.get("department_name_zh")),
        department_name_en=plain(said.get("department_name_en")),
    )


def check(rows: list[Row], known: Known) -> None:
    """The whole file against itself and against the directory. Raises Faulty with every fault there is."""
    faults = [*_alone(rows), *_together(rows, known), *_upward(rows, known)]
    if faults:
        raise Faulty(sorted(faults, key=lambda fault: fault[0]))


def circle(row: Row) -> Fault:
    """Of somebody who would stand above themselves."""
    return row.line, Sentence("directory.roster_cycle", login=row.login, superior=row.superior)


def new_departments(rows: list[Row], known: Known) -> dict[str, Row]:
    """Code -> the row that names it in both languages."""
    named = [row for row in rows if row.department_name_zh and row.department_name_en]
    return {row.department: row for row in reversed(named) if row.department not in known.departments}


def _alone(rows: list[Row]) -> Iterator[Fault]:
    for row in rows:
        facts = {"login": row.login, "name": row.name, "email": row.email, "title": row.title}
        yield from ((row.line, fault) for fault in person_faults(facts).values())
        if row.level not in _LEVELS:
            yield row.line, Sentence("directory.roster_level", words=row.level[:40])
        if row.language not in _LANGUAGES:
            yield row.line, Sentence("directory.roster_language", words=row.language[:40], known=", ".join(LANGUAGES))
        if row.guest not in _YES_NO:
            yield row.line, Sentence("directory.roster_guest", words=row.guest[:40])
        for role in row.roles or ():
            if role not in set(RoleName):
                yield row.line, Sentence("directory.roster_role", words=role[:40], known=", ".join(RoleName))


def _together(rows: list[Row], known: Known) -> Iterator[Fault]:
    created = new_departments(rows, known)
    logins: dict[str, int] = {}
    emails: dict[str, int] = {}
    in_file = {row.login for row in rows}
    for row in rows:
        if (first := logins.setdefault(row.login, row.line)) != row.line:
            yield row.line, Sentence("directory.roster_login_twice", login=row.login[:40], first=first)
        email = row.email.lower()
        if (first := emails.setdefault(email, row.line)) != row.line:
            yield row.line, Sentence("directory.roster_email_twice", email=email[:80], first=first)
        if known.emails.get(email, row.login) != row.login:
            yield row.line, Sentence("directory.roster_email_taken", email=email[:80], login=known.emails[email])
        if row.login in known.left:
            yield row.line, Sentence("directory.roster_left", login=row.login)
        if row.superior is not None and row.superior not in in_file | known.here:
            yield row.line, Sentence("directory.roster_superior", login=row.superior[:40])
        if row.department not in known.departments and row.department not in created:
            yield row.line, Sentence("directory.roster_department", code=row.department[:40])
    for code, row in created.items():
        faults = department_faults(code, row.department_name_zh or "", row.department_name_en or "")
        yield from ((row.line, fault) for fault in faults.values())


def _upward(rows: list[Row], known: Known) -> Iterator[Fault]:
    above = dict(known.superiors)
    for row in rows:
        if row.superior is not None:
            above[row.login] = row.superior
    round_and_round = cycles(above)
    for row in rows:
        if row.superior is not None and row.login in round_and_round:
            yield circle(row)
