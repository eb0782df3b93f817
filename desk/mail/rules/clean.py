"""HTML that a stranger wrote, so that it may be shown: words, tables and links; nothing that runs, styles or loads.

It belongs into a sandboxed frame all the same (specs/security.md). Pictures are named as the letter names them
(`cid:`), for whoever shows it to put its attachments there; whatever would be fetched from elsewhere is left out.
"""

import re
from collections import Counter
from dataclasses import dataclass

import nh3

from desk.mail.rules.limits import DEEPEST_HTML, MOST_ENTITIES, MOST_HTML

TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "cite",
    "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark",
    "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
SILENT = {
    "script", "style", "title", "template", "noscript", "iframe", "object", "embed", "applet", "svg", "math",
    "select", "textarea", "xmp", "noembed", "noframes", "plaintext",
}  # fmt: skip
CELL = {"colspan", "rowspan", "align", "valign"}
ATTRIBUTES = {
    "*": {"dir", "lang", "title", "align"}, "a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"},
    "td": CELL, "th": CELL, "col": {"span"}, "colgroup": {"span"},
}  # fmt: skip
NUMBERS = {"width", "height", "colspan", "rowspan", "span", "start"}
NUMBER = re.compile(r"[0-9]{1,4}")
LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s\x00-\x1f]*", re.I)
NAMED = re.compile(r"cid:[^\s\"'<>]{1,300}", re.I)
TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)", re.I)
SHALLOW = {
    "br", "hr", "img", "col", "wbr", "input", "meta", "link", "area", "base", "source", "embed",  # hold nothing
    "p", "li", "td", "th", "tr", "dd", "dt", "option", "tbody", "thead", "tfoot",  # end by themselves
}  # fmt: skip
LASTING = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}


@dataclass(frozen=True)
class Cleaned:
    """`left_out`: pictures that stand elsewhere and so are not shown, for a note that says so."""

    html: str
    left_out: int


def clean(html: str) -> Cleaned:
    """Never raises. What is nested beyond all sense, which a tree is not made of, gives nothing: its text was read."""
    html = html[:MOST_HTML]
    if html.count("&") > MOST_ENTITIES or _is_too_deep(html):
        return Cleaned("", 0)
    pictures = _Pictures()
    told = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=SILENT,
        attributes=ATTRIBUTES,
        attribute_filter=pictures.kept,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},  # the filter decides, and counts
        url_relative="pass_through",
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return Cleaned(told, pictures.left_out)


def without_pictures(cleaned: str) -> tuple[str, int]:
    """What was cleaned, for a frame that shows none: and how many it had."""
    told = nh3.clean(
        cleaned, tags=TAGS - {"img"}, attributes=ATTRIBUTES, link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )  # fmt: skip
    return told, cleaned.count("<img ")


class _Pictures:
    def __init__(self) -> None:
        self.left_out = 0

    def kept(self, tag: str, name: str, value: str) -> str | None:
        """Of an attribute that is allowed: its value, or None for one that does harm."""
        if name == "src":
            if NAMED.fullmatch(value.strip()):
                return value.strip()
            self.left_out += 1
            return None
        if name == "href" and not LINK.fullmatch(value.strip()):
            return None
        return None if name in NUMBERS and not NUMBER.fullmatch(value) else value


def _is_too_deep(html: str) -> bool:
    """As a browser would count, in one pass: an end pops what was left open within, an end of nothing pops nothing, and
    letters that are bold or red stay so beyond the end of what they stand in.
    """
    stack: list[str] = []
    standing: Counter[str] = Counter()
    lasting = 0
    for tag in TAG.finditer(html):
        name = tag[2].lower()
        if name in SHALLOW or (name == "a" and standing[name] and not tag[1]):
            continue
        if not tag[1]:
            standing[name] += 1
            if name in LASTING:
                lasting += 1
            else:
                stack.append(name)
        elif standing[name] and name in LASTING:
            standing[name] -= 1
            lasting -= 1
        elif standing[name]:
            _end(name, stack, standing)
        if len(stack) + lasting > DEEPEST_HTML:
            return True
    return False


def _end(name: str, stack: list[str], standing: Counter[str]) -> None:
    last = ""
    while last != name:
        last = stack.pop()
        standing[last] -= 1
