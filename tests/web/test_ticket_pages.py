"""The pages of requests render from the shapes that they name, whole and as fragments, in both languages."""

import re
from html.parser import HTMLParser

import msgspec
import pytest
from litestar import Litestar, Request, Response, get
from litestar.testing import TestClient

from desk.web.page import page
from desk.web.plugin import WebPlugin
from tests.web import samples

VOID = {"meta", "link", "input", "br", "hr", "img"}


class Structure(HTMLParser):
    """Every tag that opens closes; ids are unique; labels name a field that is there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.named: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.labelled += [found["for"]] if "for" in found else []
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "commandfor"):
            self.named += found.get(name, "").split()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"


def rendered(name: str, *, language: str = "zh-CN", fragment: str | None = None) -> str:
    template, context = samples.PAGES[name]

    @get("/shown")
    async def shown(request: Request) -> Response[str]:
        request.scope["state"] |= {
            "now": samples.NOW,
            "viewer": msgspec.structs.replace(samples.LIN, language=language),
        }
        return page(request, template, fragment=fragment, **context())

    app = Litestar([shown], plugins=[WebPlugin()], logging_config=None)
    with TestClient(app) as browser:
        answer = browser.get("/shown", headers={"hx-request": "true"} if fragment else {})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("name", samples.PAGES)
def test_every_page_is_whole(name, language):
    structure = Structure(rendered(name, language=language))

    assert structure.open == []
    assert len(structure.ids) == len(set(structure.ids)), [i for i in structure.ids if structure.ids.count(i) > 1]
    assert set(structure.labelled) <= set(structure.ids)
    assert set(structure.named) <= set(structure.ids)


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("/home", "finds"),
        ("/home", "live"),
        ("/show", "live"),
        ("/desk", "live"),
        ("/queue", "rows"),
        ("/promises", "live"),
    ],
)
def test_a_fragment_is_one_part_of_the_page(name, block):
    fragment = rendered(name, fragment=block)

    assert "<html" not in fragment
    assert fragment.strip() in rendered(name) or "_csrf" in fragment


@pytest.mark.parametrize("name", samples.PAGES)
def test_every_writing_form_carries_the_token(name):
    shown = rendered(name)
    writing = re.findall(r'<form[^>]*method="post"[^>]*>(.{0,40})', shown, re.S)

    assert all(start.lstrip().startswith('<input type="hidden" name="_csrf"') for start in writing)
    assert len(writing) == shown.count('name="_csrf"')


def test_forms_on_one_page_have_keys_of_their_own():
    keys = re.findall(r'name="_key" value="(\w+)"', rendered("/show"))

    assert len(keys) == len(set(keys)) > 4


def test_a_fault_stands_at_its_field_and_is_named_for_screen_readers():
    shown = rendered("/new-faults")

    assert 'value="两千多" maxlength="200" inputmode="decimal" required aria-invalid="true"' in shown
    assert 'aria-describedby="fields.amount-error"' in shown
    assert '<a href="#fields.amount">' in shown


def test_the_marker_shows_its_own_words_and_nothing_else():
    shown = rendered("/show")
    marker = re.search(r'<li class="marker">(.*?)</li>', shown, re.S)[1]

    assert "人力资源部 · 11月19日" in marker
    assert "<time" not in marker
    assert "id=" not in marker
