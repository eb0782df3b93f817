import hashlib
import re
from pathlib import Path

from desk.web import static, templates

VENDOR = static.ROOT / "vendor"


def test_a_file_under_its_version_is_kept_for_a_year(browser):
    answer = browser.get(static.address("style/desk.css"))

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["content-encoding"] == "br"


def test_a_file_under_another_version_is_answered_but_not_kept(browser):
    answer = browser.get("/static/0123456789ab/desk.js")

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


def test_nothing_outside_the_folder_is_served(browser):
    for path in (
        "/static/x/../page.py",
        "/static/x/%2e%2e/web/page.py",
        "/static/x/README.md",
        "/static/x//etc/passwd",
    ):
        assert browser.get(path).status_code == 404


def test_the_stylesheet_carries_every_part_in_one_answer():
    served = static.files()["style/desk.css"].plain.decode()

    assert "@import" not in served
    for part in (static.ROOT / "style").glob("*.css"):
        assert part.name == "desk.css" or part.read_text() in served


def test_vendored_files_are_the_ones_that_were_checked():
    for note in VENDOR.glob("*.sha256"):
        digest, name = note.read_text().split()
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
    assert len(list(VENDOR.glob("*.js"))) == len(list(VENDOR.glob("*.sha256"))) == 1


def test_our_script_stays_small_and_needs_no_eval():
    script = (static.ROOT / "desk.js").read_text()

    assert len(script.splitlines()) < 150
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML", script)


def test_stylesheets_stay_short():
    for part in (static.ROOT / "style").glob("*.css"):
        assert len(part.read_text().splitlines()) <= 150, part.name


def test_every_icon_that_is_used_is_in_the_sprite():
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (static.ROOT / "icons.svg").read_text()))
    used = {name for path in _sources() for name in re.findall(r'icon\("([\w-]+)"\)|icon="([\w-]+)"', path.read_text())}
    names = {name for pair in used for name in pair if name}

    assert names
    assert names <= sprite


def _sources() -> list[Path]:
    return [*templates.TEMPLATES.rglob("*.html"), *templates.TEMPLATES.parent.rglob("*.py")]
