"""Docs that nobody tests rot: what exists is named where people look for it, and what is named exists."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest
from litestar.handlers import HTTPRouteHandler
from msgspec import Struct, json, structs

from desk import settings
from desk.app import ROUTES, create_app
from desk.cli import main
from desk.demo import PASSWORD
from desk.disclosure.rules import Reason, Tier
from desk.embedded.terminal import LOGINS
from desk.i18n import say
from desk.journal.rules import Tag
from desk.sla.rules import cases
from desk.sla.rules import format as formats
from desk.sla.rules.cases.calendars import Calendars
from desk.sla.rules.kinds import Kind, Standing
from desk.tickets.routes import shapes
from desk.tickets.rules.states import State
from tests.source import DESK, ROOT, modules

TEXTS = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
README = (ROOT / "README.md").read_text()
ARCHITECTURE, GLOSSARY, API, CALENDARS = (
    (ROOT / "docs" / f"{name}.md").read_text() for name in ("architecture", "glossary", "api", "calendars")
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
MOST_BYTES = 250_000  # of a picture


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its height or above."""
    height = heading.index(" ")
    found = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{height}}} |\Z)", text, re.M | re.S)
    assert found, f"there is no heading {heading!r}"
    return found[1]


def cells(text: str) -> list[list[str]]:
    """The rows of the tables in a text."""
    rows = re.findall(r"^\| (.*) \|$", text, re.M)
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)] for row in rows]


def test_every_setting_is_in_the_table_with_its_default() -> None:
    read = set(re.findall(r'"(DESK_\w+)"', Path(settings.__file__).read_text()))
    told = {row[0].strip("`"): row[1].strip("`") for row in cells(section(README, "## Settings")) if "DESK_" in row[0]}

    assert told.keys() == read
    default = settings.read({})
    shown = {"HOST": default.host, "PORT": str(default.port), "LANGUAGE": default.language, "ZONE": default.zone}
    assert {name: told[f"DESK_{name}"] for name in shown} == shown


def test_every_command_is_in_the_table_with_its_options() -> None:
    told = {
        tuple(re.findall(r"[a-z]+(?:-[a-z]+)*|--[a-z-]+", row[0]))[1:]: row
        for row in cells(section(README, "## Commands"))
    }
    named = {tuple(word for word in words if not word.startswith("-")): words for words in told}

    for words, command in commands(main):
        assert words in named or (*words, "quick") in named, f"desk {' '.join(words)}"
        options = {option for one in command.params for option in one.opts if option.startswith("--")}
        assert options <= set(named.get(words, ())), f"desk {' '.join(words)}"


def test_no_command_is_told_of_that_does_not_exist() -> None:
    known = {" ".join(words) for words, _ in commands(main)}
    told = {
        found
        for path in TEXTS
        for found in re.findall(
            r"`desk ((?:people |sla |disclosure |search |mail |journal )?[a-z]+(?:-[a-z]+)*)", path.read_text()
        )
    }

    assert told
    assert told - {"people", "sla", "disclosure", "search", "mail", "journal"} <= known


def test_what_starting_prints_is_what_is_told() -> None:
    keys = {"first_time": {}, "telling": {}, "ready": {}, "how_to_stop": {}, "log_in": {"password": PASSWORD}}
    lines = [" · ".join(say(of, f"embedded.{key}", **values) for of in ("zh", "en")) for key, values in keys.items()]
    logins = [
        f"  {login:6}" + " · ".join(say(of, f"embedded.login_{login}") for of in ("zh", "en")) for login in LOGINS
    ]
    ends = [say(of, "embedded.check_passed") for of in ("zh", "en")]

    assert [line for line in [*lines, *logins, *ends] if line not in README] == []


def test_every_tag_of_the_journal_is_named() -> None:
    told = re.findall(r"`(\w+)`", section(ARCHITECTURE, "### Tags of the journal"))

    assert sorted(told) == sorted(tag.value for tag in Tag)


@pytest.mark.parametrize("tier", Tier)
def test_every_tier_is_named_in_both_languages(tier: Tier) -> None:
    chinese, english = say("zh", f"disclosure.tier_{tier.value}"), say("en", f"disclosure.tier_{tier.value}")

    assert f"{tier.value} {chinese} {english.lower()}" in GLOSSARY
    assert re.search(rf"\b{tier.value} {english.lower()} \(`{tier.name}`", ARCHITECTURE)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_named(reason: Reason) -> None:
    assert f"`{reason.value}`" in ARCHITECTURE
    assert f"`{reason.value}`" in API


def test_every_kind_and_state_is_named() -> None:
    assert [kind for kind in Kind if f"`{kind.value}`" not in GLOSSARY] == []
    assert [state for state in (*Standing, *State) if f"`{state.value}`" not in API] == []


def test_every_package_has_its_line() -> None:
    layout = section(ARCHITECTURE, "## Where things stand")
    packages = {module.package for module in modules()} | {path.name for path in DESK.iterdir() if path.is_dir()}
    packages -= {"__init__", "__pycache__"}

    told = set(re.findall(r"(?<=\s)(\w+)(?:/|\.py)(?=\s)", layout)) - {"desk"}
    assert told == packages


def test_the_ladder_is_the_linters() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    here = {module.package for module in modules()}
    layers = [[name for name in re.findall(r"\w+", layer) if name in here] for layer in contract["layers"]]

    told = re.findall(r"^    (\w+(?: \| \w+)*)$", section(ARCHITECTURE, "## Who may import whom"), re.M)
    assert [sorted(line.split(" | ")) for line in told] == [sorted(layer) for layer in layers if layer]


def test_every_function_that_is_named_exists() -> None:
    """`tickets.queries.show` is a module, `sla.actions.promises.give` something in one."""
    flows = section(ARCHITECTURE, "## Flows") + section(ARCHITECTURE, "## Pages")
    named = set(re.findall(r"`((?:\w+\.){1,3}\w+)`", flows)) - {
        "db.acting_as",
        "queue.react",
        "hops.begin",
        "db.Reader",
        "db.HOUSE",
    }

    assert len(named) > 15
    assert sorted(name for name in named if not exists(name)) == []


def test_every_route_of_the_api_has_its_row_and_every_row_its_route() -> None:
    told = set(re.findall(r"^\| `(GET|POST) (/api/[^`?]*)`", API, re.M))

    assert told == set(api_routes())


def test_every_field_of_the_api_is_named() -> None:
    bodies = [one for one in vars(shapes).values() if isinstance(one, type) and issubclass(one, Struct)]
    fields = {field.name for one in bodies if one is not Struct for field in structs.fields(one)}

    assert len(fields) > 30
    assert sorted(name for name in fields if not re.search(rf"\b{name}\b", API)) == []


def test_the_document_of_the_api_has_every_body_that_is_read() -> None:
    texts = [path.read_text() for of in ("tickets", "access") for path in (DESK / of / "routes").rglob("*.py")]
    doors = [door for text in texts for door in re.split(r"^@(?=post|get)", text, flags=re.M)[1:]]
    read = [
        re.search(r'"(/api/[^"]+)".*read_json\(request, (?:(?:\w*shapes|asked)\.)?(\w+)\)', door, re.S)
        for door in doors
    ]
    wanted = {(plain(found[1]), found[2]) for found in read if found}

    assert len(wanted) > 5
    assert wanted == set(bodies_told())


def test_every_question_about_calendars_has_its_row() -> None:
    told = {op for row in cells(section(CALENDARS, "## The questions")) for op in re.findall(r"`(\w+)`", row[0])}

    assert told - {"op"} == {kind.__struct_config__.tag for kind in get_args(cases.Case)}


def test_every_field_of_a_calendar_has_its_row() -> None:
    told = {row[0].strip("`") for row in cells(section(CALENDARS, "## The calendar"))}

    assert told - {"field", "---"} == formats._FIELDS


def test_the_examples_of_calendars_are_answered_so() -> None:
    asked = re.findall(r'^    (\{"id": .*)$', CALENDARS, re.M)
    told = re.findall(r'^    (\{"id":\d.*)$', CALENDARS, re.M)

    known = Calendars()
    assert asked
    assert [json.decode(line) for line in told] == [cases.answer(line.encode(), known) for line in asked]


def test_decisions_are_numbered_and_say_what_they_cost() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{n:04}" for n in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        parts = re.findall(r"^(# \d{4} |\*\*Context\.\*\*|\*\*Decision\.\*\*|\*\*Price\.\*\*)", path.read_text(), re.M)
        assert parts == [f"# {path.name[:4]} ", "**Context.**", "**Decision.**", "**Price.**"], path.name


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text())

    assert [link for link in links if not (path.parent / link).exists()] == []


def test_pictures_are_small() -> None:
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))

    assert len(pictures) == 3
    assert [path.name for path in pictures if path.stat().st_size > MOST_BYTES] == []


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        elif command is not None:
            yield (*above, name), command


def api_routes() -> Iterator[tuple[str, str]]:
    for handler in ROUTES:
        assert isinstance(handler, HTTPRouteHandler)
        for path in handler.paths:
            if path.startswith("/api/"):
                method = next(iter(handler.http_methods - {"HEAD", "OPTIONS"}))
                yield method, plain(path)


def plain(path: str) -> str:
    """/requests/{number:int} as /requests/{number}"""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)


def bodies_told() -> Iterator[tuple[str, str]]:
    """(path, name of the body) of what the document says is posted as JSON."""
    for path, operations in create_app().openapi_schema.to_schema()["paths"].items():
        if body := operations.get("post", {}).get("requestBody"):
            yield path, body["content"]["application/json"]["schema"]["title"]


def exists(name: str) -> bool:
    """As a module of the desk, or as a word that its module defines or imports."""
    parts = name.split(".")
    known = {module.name: module for module in modules()}
    for file in (f"desk/{'/'.join(parts)}.py", f"desk/{'/'.join(parts)}/__init__.py"):
        if file in known:
            return True
    for file in (f"desk/{'/'.join(parts[:-1])}.py", f"desk/{'/'.join(parts[:-1])}/__init__.py"):
        if file in known and re.search(rf"\b{parts[-1]}\b", known[file].text):
            return True
    return False
