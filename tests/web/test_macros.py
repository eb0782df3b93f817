"""Every macro renders from plain values, in both languages."""

import re
from functools import partial
from typing import Any

import pytest

from desk.i18n import say
from desk.web import forms, page, signs, templates
from desk.web.times import Times
from tests.web import samples

FORM = forms.Form(key="0123456789abcdef", typed={"a": ["1"]}, faults={"a": "请填写这一项"})


def module_context(language: str = "zh-CN") -> dict[str, Any]:
    times = Times(language, "Asia/Shanghai", samples.NOW)
    own = {"t": partial(say, language), "lang": language, "me": None, "now": samples.NOW, "times": times, "csrf": "x"}
    return own | {"form": FORM, "at": samples.at(20, 17, 0), **page.pieces(times, "x")}


def shown(source: str, language: str = "zh-CN") -> str:
    own = module_context(language)
    return page.environment().from_string("{{ " + source + " }}").render(own)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("source", "part"),
    [
        ('ui.icon("bell")', '#bell"/></svg>'),
        ('ui.avatar("Daniel Weiss", "small")', '<span class="avatar avatar--small" aria-hidden="true">DW</span>'),
        ('ui.who("林晓雯", "运营部")', "林</span>林晓雯</span> 运营部"),
        ('ui.tier(3, "HR", chip=true)', 'class="tier tier--chip tier--shut"'),
        ('ui.state("near", chip=true, word="W")', '#state-near"/></svg>W</span>'),
        ('ui.time(at, "clock")', '<time datetime="2026-11-20T17:00:00+08:00"'),
        ('ui.thread("running", 250)', 'd="M0 4H200"/><path class="thread__end"'),
        ('ui.thread("broken", 0)', "M161 8L166 4H200"),
        ('ui.promise("kept", "W", "L", big=true)', 'class="promise promise--kept promise--big"'),
        ('ui.why(["one", "two"], "S", open=true)', '<details class="why" open>'),
        ('ui.marker(4, "H", "T", "/ask")', 'href="/ask"'),
        ('ui.banner("<T>", "near", "clock")', "<p>&lt;T&gt;</p>"),
        ('ui.toast("T")', '<div class="toast"><span>T</span></div>'),
        ('ui.empty("T", "X")', "<h2>T</h2><p>X</p>"),
        ('ui.crumbs([("/", "A"), ("", "B")])', '<li><a href="/">A</a></li>'),
        ('ui.section("s", "T", 0)', '<span class="section__count">0</span>'),
        ('ui.pager("/n", "")', 'rel="next" href="/n"'),
        ('fields.guard(form, "take")', 'value="0123456789abcdeftake"'),
        ('fields.faults(form, {"a": "L"})', '<a href="#a">L'),
        ('fields.text(form, "a", "L", prefix="p-")', 'id="p-a" name="a" type="text" value="1" required aria-invalid'),
        ('fields.text(form, "b", "L", type="password", need=false)', 'type="password">'),
        ('fields.area(form, "a", "L", "H")', 'aria-describedby="a-error a-hint">\n1</textarea>'),
        ('fields.select(form, "a", "L", [(1, "one"), (2, "two")])', '<option value="1" selected>one</option>'),
        ('fields.check(form, "a", "L")', 'value="on" checked'),
        ('fields.choices(form, "a", "L", [("1", "one")])', 'value="1" checked'),
        ('fields.tiers(form, "a", "L", [(1, "all")])', '<option value="1" selected>'),
        ('fields.files(form, "f", "L", 5, 10, "5 B")', 'data-max-bytes="5"'),
    ],
)
def test_a_macro_shows_what_it_was_given(source, part, language):
    assert part in shown(source, language)


def test_what_is_named_first_in_the_file_is_what_there_is():
    for name in ("macros.html", "fields.html"):
        text = (templates.TEMPLATES / name).read_text()
        intro = text.split("#}")[0]
        made = {*re.findall(r"\{% macro ([a-z]\w*)\(", text), *re.findall(r"sign_(\w+)", text)}
        assert made <= set(re.findall(r"\b(\w+)\(", intro)), name


def test_a_password_is_never_given_back():
    form = 'fields.text(form, "a", "L", type="password")'

    assert 'value="' not in shown(form)


ASKED = [
    ("text", ("a", "L"), {"attrs": {"maxlength": 5}}),
    ("area", ("a", "L", "H"), {"rows": 3}),
    ("select", ("a", "L", [("1", "one"), ("2", "two")]), {"prefix": "p-"}),
    ("tiers", ("a", "L", [(1, "all"), (2, "us")]), {}),
    ("check", ("a", "L"), {}),
    ("choices", ("a", "L", [("1", "one")]), {}),
    ("files", ("a", "L", 5, 10, "5 B"), {}),
]


def both(form: forms.Form, name: str, given: tuple, named: dict) -> tuple[str, str]:
    """A field as it is kept, asked for twice, and as its macro says it."""
    module = page.environment().get_template("fields.html").make_module(module_context())
    kept = getattr(signs.Fields(module, "zh-CN", "x"), name)
    kept(form, *given, **named)
    return kept(form, *given, **named), getattr(module, name)(form, *given, **named)


@pytest.mark.parametrize("typed", [{}, {"a": ["1"]}, {"a": ["2"]}])
@pytest.mark.parametrize("faults", [{}, {"a": "!"}])
@pytest.mark.parametrize(("name", "given", "named"), ASKED)
def test_a_field_that_is_kept_is_what_its_macro_says(name, given, named, typed, faults):
    kept, said = both(forms.Form(key="k" * 16, typed=typed, faults=faults), name, given, named)

    assert kept == said


def test_what_people_typed_is_never_kept():
    both(forms.Form(key="k" * 16, typed={"a": ["a secret word"]}), "text", ("a", "L"), {})
    both(forms.Form(key="k" * 16, typed={"a": ["a secret word"]}), "area", ("a", "L"), {})

    assert "a secret word" not in repr(signs._made)
