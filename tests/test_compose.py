"""No engine runs here, so the file is read instead: what it starts, and that it names only settings that exist."""

import re
from pathlib import Path

import pytest
import yaml

from desk import settings

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
STANDING_IN = {"DESK_MAIL_ADDRESS": "desk@corp.example"}  # for what must look like something
NAMED = re.compile(r"\bDESK_[A-Z_]+\b")


@pytest.mark.parametrize("file", ["docker-compose.yml", "Dockerfile", "deploy/Caddyfile", "deploy/database.sh"])
def test_every_setting_named_exists(file: str) -> None:
    known = set(NAMED.findall(Path(settings.__file__).read_text(encoding="utf-8")))

    assert set(NAMED.findall((ROOT / file).read_text(encoding="utf-8"))) <= known


def test_the_desk_runs_on_two_webs_two_workers_and_what_they_need() -> None:
    assert set(SERVICES) == {"proxy", "web", "worker", "postroom", "migrate", "postgres", "valkey", "mail"}
    assert [SERVICES[name]["deploy"]["replicas"] for name in ("web", "worker")] == [2, 2]
    assert SERVICES["postgres"]["image"] == "postgres:18"


def test_nobody_serves_before_the_database_is_migrated() -> None:
    assert SERVICES["migrate"]["command"] == ["migrate"]
    for name in ("web", "worker", "postroom"):
        assert SERVICES[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_its_settings_are_fit_for_production() -> None:
    given = {
        name: STANDING_IN.get(name, "s" * 40) if "${" in value else value
        for name, value in SERVICES["web"]["environment"].items()
    }
    read = settings.read(given)

    assert read.production
    assert read.mail_listen == ("0.0.0.0", 2525)
    assert read.proxies == (SERVICES["proxy"]["networks"]["default"]["ipv4_address"],)


def test_every_file_that_is_mounted_or_copied_exists() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", ()) if mount.startswith("./")]

    assert len(mounts) == 2
    assert all((ROOT / mount.split(":")[0]).is_file() for mount in mounts)
