"""What no linter sees: where time, words of SQL, locks and transactions may stand, and how long things may become.

An exception is named here, with its reason, or the code is mended.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator

import pytest

from desk.journal.rules import Tag
from tests.source import DESK, ROOT, Module, modules

FEATURES = {
    "access", "accounts", "catalog", "directory", "disclosure", "finder", "intake", "journal", "mail", "notices", "openness", "outbox",
    "reports", "search", "sla", "tickets", "webhooks",
}  # fmt: skip
GROUND = {"db", "demo", "doctor", "embedded", "migrations", "web"}
FOLDERS_OF_FILES = {"locale", "static", "templates"}
SEVEN = {"tables", "rules", "queries", "actions", "routes", "jobs", "commands"}
DOORS = {"routes", "jobs", "commands"}
ROOTS = {"app", "worker", "postroom", "cli"}
SAY_NOTHING = {"services", "utils", "helpers", "base", "common", "misc", "util", "helper"}

STATEMENT = re.compile(r"\s*(select\s|insert into\s|update \w+ set\s|delete from\s|with \w+ as\s)", re.I)
WRITES = re.compile(r"\b(?:insert into|update|delete from) (\w+)(?: \w)?(?: set)?\b")
SQL_TIME = re.compile(r"\bnow\(\)|\bcurrent_(?:date|time|timestamp)\b|\blocaltime|_timestamp\(\)", re.I)
RUNS = {"fetch", "fetch_one", "call", "expect_one", "execute", "raw"}

LONG_FUNCTIONS = {"settings.read": "one line for each setting"}
PUT_TOGETHER = {
    "desk/tickets/queries/lists.py": "by_number leaves out what is not asked; all parts are texts of the file"
}
LONG_TESTS = {"tests/web/samples.py": "what every template is shown once"}
CODE = modules("desk")


def offenders(found: Iterable[str]) -> list[str]:
    return sorted(set(found))


def test_no_file_outgrows_three_hundred_lines() -> None:
    written = [module for top in ("desk", "bench", "tests") for module in modules(top)]

    assert not offenders(m.name for m in written if m.text.count("\n") > 300 and m.name not in LONG_TESTS)


def test_no_function_outgrows_twenty_five_lines() -> None:
    long = {
        f"{module.package}.{function.name}": f"{module.name}:{function.lineno}"
        for module in CODE + modules("bench")
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno >= 25
    }

    assert long.keys() == LONG_FUNCTIONS.keys(), long


def test_a_function_takes_at_most_six_values_by_place() -> None:
    """Four is the aim; a door's are named by what it is asked for."""
    many = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in CODE
        for function in module.functions()
        if len(function.args.args) > 6 and module.place != "routes"
    ]

    assert not many


@pytest.mark.parametrize("package", sorted(FEATURES))
def test_a_feature_has_only_the_seven_files(package: str) -> None:
    found = {path.stem for path in (DESK / package).iterdir() if path.suffix == ".py" or path.is_dir()}

    assert found - {"__init__", "__pycache__"} <= SEVEN


def test_every_package_is_a_feature_or_ground() -> None:
    found = {path.name for path in DESK.iterdir() if path.is_dir() and path.name != "__pycache__"}

    assert found == FEATURES | GROUND | FOLDERS_OF_FILES


def test_every_module_has_a_place_on_the_ladder() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    placed = set(re.findall(r"\w+", " ".join(contract["layers"])))
    found = {module.package for module in CODE} - {"__init__"}

    assert contract["exhaustive"]
    assert found == placed


def test_no_name_says_nothing() -> None:
    """A service is something that a department offers; a file of that name may hold nothing else."""
    nouns = {"catalog", "demo", "tickets"}
    names = {m.name for m in CODE if m.name.split("/")[-1].removesuffix(".py") in SAY_NOTHING}

    assert not offenders(name for name in names if name.split("/")[1] not in nouns or "services" not in name)


def test_doors_hold_no_words_of_sql() -> None:
    doors = [m for m in CODE if m.place in DOORS or m.package in ROOTS]

    assert len(doors) > 30
    assert not offenders(m.name for m in doors for text in m.strings() if STATEMENT.match(text))


def test_doors_know_neither_piccolo_nor_asyncpg() -> None:
    doors = [m for m in CODE if m.place in DOORS or m.package in ROOTS]

    assert not offenders(m.name for m in doors if re.search(r"^(from|import) (piccolo|asyncpg)", m.text, re.M))


def test_queries_change_nothing() -> None:
    statements = [(m, text) for m in CODE if m.place == "queries" for text in m.strings() if STATEMENT.match(text)]

    assert len(statements) > 20
    assert not offenders(m.name for m, text in statements if not re.match(r"\s*(select|with)\b", text))


def test_a_table_is_written_by_its_own_package_only() -> None:
    owners = {name: m.package for m in CODE if m.place == "tables" for name in re.findall(r'tablename="(\w+)"', m.text)}
    written = {(m.package, name) for m in CODE for text in m.strings() for name in WRITES.findall(text)}
    written = {(package, name) for package, name in written if name in owners}

    assert len(owners) > 25
    assert len(written) > 10
    assert not {(package, name) for package, name in written if owners[name] != package} - {("journal", "errands")}


def test_every_statement_is_a_text_of_its_own_file() -> None:
    """Nothing is put together at run time, so nothing that somebody typed can become part of it (ASVS 1.2.4)."""
    outside = [m for m in CODE if m.package not in ("db", "migrations")]
    calls = [(m, call) for m in outside for call in _statements(m)]

    assert len(calls) > 60
    made = offenders(f"{m.name}:{call.lineno}" for m, call in calls if not _is_fixed(call.args[0]))
    assert {place.partition(":")[0] for place in made} == PUT_TOGETHER.keys(), made


def test_time_has_one_source() -> None:
    clocks = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("time", "time")}
    read = {
        m.name
        for m in CODE
        for node in m.nodes(ast.Attribute)
        if isinstance(node.value, ast.Name) and (node.value.id, node.attr) in clocks
    }

    assert read == {"desk/clock.py"}


def test_the_database_never_says_what_time_it_is() -> None:
    texts = [(path.name, path.read_text()) for path in (DESK / "migrations" / "sql").glob("*.sql")]
    texts += [(m.name, text) for m in CODE if m.package != "doctor" for text in m.strings()]

    assert not offenders(name for name, text in texts if SQL_TIME.search(text))


def test_locks_are_compared_by_disclosure_and_by_the_database_only() -> None:
    in_sql = re.compile(
        r"(?:audience|reader_\w+\(\))\s*(?:&&|@>|<@|=)|any\s*\(\s*\w*\.?audience|reader_(?:own_)?keys\("
    )
    elsewhere = [m for m in CODE if m.package not in ("disclosure", "migrations")]

    assert not offenders(m.name for m in elsewhere for text in m.strings() if in_sql.search(text))
    assert not offenders(f"{m.name}:{node.lineno}" for m in elsewhere for node in _compared(m))


def test_every_tag_of_the_journal_is_written_somewhere() -> None:
    told = [DESK / "journal" / "rules.py", DESK / "notices" / "rules.py", DESK / "tickets" / "routes" / "timeline.py"]
    written = {found for m in CODE if ROOT / m.name not in told for found in re.findall(r"Tag\.([A-Z_]+)", m.text)}
    by_the_database = "".join(path.read_text() for path in (DESK / "migrations" / "sql").glob("*.sql"))

    assert [tag for tag in Tag if tag.name not in written and f"'{tag.value}'" not in by_the_database] == []


def test_only_the_directory_asks_whether_the_reader_is_staff() -> None:
    """People and departments carry no locks; that guests do not read them is said beside the statement."""
    assert {m.package for m in CODE for text in m.strings() if "reader_reach()" in text} <= {"directory"}


def test_only_doors_open_transactions() -> None:
    opened = {m for m in CODE for node in m.nodes(ast.Attribute) if node.attr == "acting_as"}

    assert len(opened) > 20
    assert not offenders(m.name for m in opened if m.place not in DOORS and m.package not in (*ROOTS, "demo", "doctor"))


def test_rules_are_given_values_and_never_wait() -> None:
    waiting = {m.name for m in CODE if m.place == "rules" for _ in m.nodes(ast.AsyncFunctionDef, ast.Await)}

    assert not waiting


def test_words_are_marked_safe_in_four_files_of_web_only() -> None:
    """text.py makes paragraphs of what people typed; the others mark what the desk itself wrote."""
    marked = {m.name for m in CODE for node in m.nodes(ast.Name) if node.id == "Markup"}

    assert marked
    assert marked <= {f"desk/web/{name}.py" for name in ("page", "signs", "templates", "text")}
    assert not [path for path in DESK.rglob("*.html") if re.search(r"\|\s*safe\b|autoescape", path.read_text())]


def test_every_template_is_shown() -> None:
    folder = DESK / "templates"
    named = {text for m in CODE for text in m.strings() if text.endswith(".html")}
    for path in folder.rglob("*.html"):
        named |= set(re.findall(r"""["']([\w/]+\.html)["']""", path.read_text()))

    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} == named


def test_every_block_is_a_fragment_or_a_place_of_the_frame() -> None:
    asked = {value for m in CODE for value in _fragments(m)}
    frame = {"title", "body", "main", "wide_main"}
    texts = [path.read_text() for path in DESK.rglob("*.html")]

    assert {name for text in texts for name in re.findall(r"{% block (\w+)", text)} == asked | frame


def test_every_stylesheet_is_imported() -> None:
    folder = DESK / "static" / "style"
    imported = set(re.findall(r'@import url\("([\w-]+\.css)"\)', (folder / "desk.css").read_text()))

    assert {path.name for path in folder.glob("*.css")} == imported | {"desk.css"}


def _statements(module: Module) -> Iterator[ast.Call]:
    for call in module.nodes(ast.Call):
        assert isinstance(call, ast.Call)
        of = call.func
        if isinstance(of, ast.Attribute) and of.attr in RUNS and isinstance(of.value, ast.Name) and of.value.id == "db":
            yield call


def _is_fixed(sql: ast.expr) -> bool:
    match sql:
        case ast.Constant():
            return True
        case ast.Name(id=name):
            return name.isupper()
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_fixed(left) and _is_fixed(right)
    return False


def _compared(module: Module) -> Iterator[ast.Compare | ast.BinOp]:
    for node in module.nodes(ast.Compare, ast.BinOp):
        sides = [node.left, *(node.comparators if isinstance(node, ast.Compare) else [node.right])]
        asks = not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Is | ast.IsNot)
        if asks and "audience" in {_named(part) for side in sides for part in ast.walk(side)}:
            yield node


def _named(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _fragments(module: Module) -> Iterator[str]:
    for call in module.nodes(ast.Call):
        for given in call.keywords:
            if given.arg == "fragment":
                yield from (part.value for part in ast.walk(given.value) if isinstance(part, ast.Constant))
