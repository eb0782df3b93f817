"""The catalogue of the demo firm, as services.toml says it."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from desk.catalog import actions as catalog
from desk.catalog.actions import Draft, RuleDraft
from desk.catalog.rules.service import Field
from desk.sla.actions import policies
from desk.sla.rules.policies import Line
from desk.sla.rules.targets import Budget, HalfDay, SameDay, Target

_FILE = Path(__file__).with_name("services.toml")
_HOUR = 3600


async def offer() -> None:
    """In the order of the file, which is the order of the catalogue."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    for service in told["service"]:
        code, fields = service.pop("code"), service.pop("fields", [])
        await catalog.add_service(code, _draft(service), msgspec.convert(fields, list[Field]))
    for rule in told["rule"]:
        await catalog.add_rule(msgspec.convert(rule, RuleDraft))
    for line in told["policy"]:
        targets = {name: _target(line[name]) for name in ("reply", "resolution") if name in line}
        await policies.add(msgspec.convert(line | targets, Line))


def _draft(told: dict[str, Any]) -> Draft:
    return Draft(**told | {name: _target(told[name]) for name in ("reply", "resolution")})


def _target(told: dict[str, Any]) -> Target:
    match told:
        case {"days": int(days)}:
            return SameDay(extra_days=days)
        case {"hours": int(hours)}:
            return Budget(seconds=hours * _HOUR)
        case {"half_day": True}:
            return HalfDay()
    raise ValueError(f"{told} is no target")
