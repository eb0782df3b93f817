"""HTML of strangers: what is left shows words and can do nothing."""

import re

import pytest

from desk.mail.rules.clean import clean
from desk.mail.rules.limits import DEEPEST_HTML
from desk.mail.rules.read import read
from tests.mail.letters import letter

HARM = re.compile(
    r"script|onerror|onload|javascript|vbscript|evil|style|<form|<input|<meta|<base|<link|<svg|<iframe", re.I
)
HOSTILE = [
    "<script>evil()</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT >",
    "<img src=x onerror=evil()>",
    "<body onload=evil()>",
    "<a href='javascript:evil()'>",
    "<a href=' \x01java\tscript:evil()'>",
    "<a href='&#106;avascript:evil()'>",
    "<a href='vbscript:evil()'>",
    "<a href='data:text/html,evil'>",
    "<a href='/evil'>",
    "<p style='background:url(//evil.example)'>",
    "<style>p{background:url(//evil.example)}</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<form action=//evil.example><input name=password><button>evil</form>".replace("evil<", "ok<"),
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<object data=//evil.example></object><embed src=//evil.example>",
    "<svg><script>evil()</script></svg>",
    "<svg><a xlink:href='javascript:evil()'>x</a></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=evil()&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=evil()>'>",
    "<template><img src=x onerror=evil()></template>",
    "<table background=//evil.example><td background=//evil.example>",
    "<img src=//evil.example/x.png srcset='//evil.example/y.png 2x'>",
    "<img src=data:image/svg+xml,evil>",
    "<img src='cid:x onerror=evil()'>",
    "<video src=//evil.example poster=//evil.example></video>",
    "<!--[if mso]><script>evil()</script><![endif]-->",
    "<p id=evil name=evil class=evil>",
    "<img src=cid:a width='1\" onerror=evil()'>",
    "<a href='cid:evil'>",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_runs_styles_or_loads_is_left(hostile: str) -> None:
    told = clean(f"<p>Hello</p>{hostile}<p>there").html

    assert not HARM.search(told), told
    assert "Hello" in told


def test_words_tables_and_links_stay() -> None:
    told = clean(
        "<table><tr><td colspan=2 bgcolor=red>打印机 <b>坏了</b></td></tr></table><a href=https://x.example>x</a>"
    ).html

    assert '<td colspan="2">打印机 <b>坏了</b></td>' in told
    assert 'href="https://x.example"' in told
    assert 'rel="noopener noreferrer nofollow"' in told


def test_a_picture_of_the_letter_keeps_its_name_and_one_from_elsewhere_is_counted() -> None:
    found = clean('<img src="cid:one@x" alt="Plan"><img src="https://track.example/1.gif" alt="Logo">')

    assert found.html == '<img src="cid:one@x" alt="Plan"><img alt="Logo">'
    assert found.left_out == 1


def test_what_is_cleaned_once_is_clean() -> None:
    once = clean("".join(HOSTILE)).html

    assert sorted(clean(once).html) == sorted(once)


@pytest.mark.parametrize("tags", ["<div>", "<div></x>", "<b><i></b>", "<table><tr><td>"])
def test_what_is_nested_beyond_sense_is_read_as_text_only(tags: str) -> None:
    assert clean(tags * DEEPEST_HTML * 2 + "words").html == ""


@pytest.mark.parametrize("row", ["<p>", "<li>", "<br>", "<div>x</div>", "<div><span></div>", "<tr><td>"])
def test_a_long_letter_is_not_a_deep_one(row: str) -> None:
    assert "words" in clean(row * DEEPEST_HTML * 2 + "words").html


def test_a_letter_comes_with_clean_html_and_says_what_is_not_shown() -> None:
    told = read(letter("<p onclick=evil()>It is broken.<img src=//track.example>", "text/html"))

    assert told.html == "<p>It is broken.<img></p>"
    assert told.pictures_off == 1
