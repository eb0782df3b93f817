"""What every template of the desk must keep to, whoever wrote it."""

import re

import markupsafe
import pytest
from markupsafe import Markup

from desk.i18n import say
from desk.web.page import environment
from desk.web.templates import TEMPLATES, escape


class Spoken(str):
    """A kind of str, which is escaped like any other."""


ALL = sorted(TEMPLATES.rglob("*.html"))


def named(path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", ALL, ids=named)
def test_it_compiles_and_is_short(path):
    environment().get_template(named(path))

    assert len(path.read_text().splitlines()) <= 80


@pytest.mark.parametrize("path", ALL, ids=named)
def test_it_holds_no_inline_script_or_style_and_marks_nothing_safe(path):
    forbidden = r"<style|<script(?![^>]*\bsrc=)|<[^>{]*\s(style|on\w+)=|hx-on|\bjs:|\|\s*safe|Markup"

    assert not re.search(forbidden, path.read_text())


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_form_that_writes_carries_the_token_first(path):
    for rest in re.split(r'<form\b[^>]*?method="post"', path.read_text())[1:]:
        assert re.match(r"(?s)[^<]*?>\s*\{\{ fields\.guard\(", rest), rest[:120]


@pytest.mark.parametrize("path", ALL, ids=named)
def test_every_form_that_writes_works_without_script(path):
    for tag in re.findall(r"<form\b[^>]*hx-(?:post|put|patch|delete)[^>]*>", path.read_text()):
        assert 'method="post"' in tag
        assert "action=" in tag


def test_plain_sentences_are_part_of_the_template_of_each_language():
    source = '{{ t("web.desk") }}'

    assert environment("en").from_string(source).render() == say("en", "web.desk")
    assert environment("zh-CN").from_string(source).render() == say("zh-CN", "web.desk")


@pytest.mark.parametrize(
    "value", ["plain", "财务部", "<b>", "a & b", "'\"", 17, None, Markup("<b>"), "", Spoken("<i>")]
)
def test_it_escapes_as_everybody_does(value):
    assert environment().from_string("{{ value }}").render(value=value) == str(markupsafe.escape(value))
    assert escape(value) == markupsafe.escape(value)
