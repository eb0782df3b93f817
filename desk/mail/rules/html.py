"""HTML to plain text by structure: blockquotes become `> ` lines, a mark stands where a client begins to quote."""

import re
from html.parser import HTMLParser

MARK = "\ue000"  # a private character on a line of its own: what follows is quoted
BLOCKS = {
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tr", "ul",
}  # fmt: skip
APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote"}
SILENT = {"script", "style", "title", "head", "template", "noscript"}
QUOTES = re.compile(
    r"(?:id|class)=(?:\S*\s)?(?:x_)*(?:divrplyfwdmsg|appendonsend|gmail_quote|gmail_extra|yahoo_quoted|moz-cite-prefix|"
    r"protonmail_quote|zmail_extra|ntes_not_fresh|netease_mail_footer|qmbox|mail-quote-collapse|outlookmessageheader|"
    r"replyforwardcontainer|isreplycontent|ymail_android_signature_quote|mailmasterquote|alimail-quote)"
)
OUTLOOK = re.compile(r"border-top:\s*solid\s*#?(?:e1e1e1|b5c4df)\s*1\.0pt")
COMMENT_END = re.compile(r"--\s*!?>")
SPACES = re.compile(r"[ \t\r\n\f]+")


class _Reader(HTMLParser):
    """Collects lines. `quote` counts open blockquotes, `silent` what is not shown."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quote = self.silent = self.pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += tag != "head"
            return
        if tag == "br":
            self.end_line(always=True)
        elif tag == "img":
            self.line.append(dict(attrs).get("alt") or "")
        elif tag in ("td", "th"):
            self.line.append(" ")
        elif tag in BLOCKS:
            self.begin(tag, attrs)
        if tag != "blockquote" and not self.quote and _begins_quote(attrs):
            self.end_line()
            self.lines.append(MARK)

    def begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_line()
        if tag in APART and self.lines and self.lines[-1].strip("> "):
            self.end_line(always=True)
        self.quote += tag == "blockquote"
        self.pre += tag == "pre"
        if tag == "li":
            self.line.append("- ")
        if tag == "hr":
            self.line.append("_" * 32)
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - (tag != "head"))
        elif tag in BLOCKS:
            self.end_line()
            self.quote = max(0, self.quote - (tag == "blockquote"))
            self.pre = max(0, self.pre - (tag == "pre"))
            if tag in APART:
                self.end_line(always=True)

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if not self.pre:
            self.line.append(SPACES.sub(" ", data))
            return
        for place, piece in enumerate(data.split("\n")):
            if place:
                self.end_line(always=True)
            self.line.append(piece)

    def end_line(self, always: bool = False) -> None:
        told = "".join(self.line).replace("\xa0", " ")
        told = told.rstrip() if self.pre else SPACES.sub(" ", told).strip()
        self.line.clear()
        if told or always:
            self.lines.append(f"{'> ' * min(self.quote, 20)}{told}".rstrip() if self.quote else told)


def _begins_quote(attrs: list[tuple[str, str | None]]) -> bool:
    for name, value in attrs:
        if name in ("id", "class") and value and QUOTES.match(f"{name}={value.lower()}"):
            return True
        if name == "style" and value and OUTLOOK.search(value.lower()):
            return True
    return False


def to_text(source: str) -> str:
    """Text with marks; at most two empty lines in a row."""
    reader = _Reader()
    reader.feed(_ended(source))
    reader.close()
    reader.end_line()
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(reader.lines)).strip("\n")


def _ended(source: str) -> str:
    """Without a comment or a tag that never ends: the library would look for its end again from each of its letters.
    A marked section (`<![CDATA[`) is a comment that ends with its tag, as in browsers.
    """
    source = source.replace("<![", "<!")
    last = max((found.end() for found in COMMENT_END.finditer(source)), default=0)
    comment = source.find("<!--", last)
    source = source[:comment] if comment >= 0 else source
    tag = source.find("<", source.rfind(">") + 1)
    return source[:tag] if tag >= 0 else source


def without_marks(text: str) -> str:
    return text.replace(f"{MARK}\n", "").replace(MARK, "")
