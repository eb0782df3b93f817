"""Letters as coworkers write them: their clients, answers with what they quote, pictures and papers. No other set's."""

import random
from base64 import encodebytes
from collections.abc import Callable, Sequence
from email.header import Header
from statistics import median

from bench.load import vocabulary as said
from bench.load.words import Pair, Pen
from bench.mail.figures import Figure

_STYLE = "font-family:微软雅黑,Tahoma;font-size:14px;color:rgb(0,0,0);line-height:1.7"
_ABOVE = ("{who} 于2026年11月23日 09:12写道：", "On Mon, 23 Nov 2026 at 09:12, {who} wrote:")
_CLOSING = ("此致\n敬礼\n\n{who}\n信息技术部", "Kind regards\n{who}\nIT department\n+86 21 5555 0199")
_PAPERS = (("发票.pdf", "invoice.pdf", b"%PDF-1.7\n"), ("截图.png", "screen.png", b"\x89PNG\r\n\x1a\n"))


class Clerk:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.pen = Pen(self.dice)

    def letter(self, number: int) -> bytes:
        tongue = number % 2
        head = self._head(number, tongue)
        made: list[tuple[Callable[[int], bytes], int]] = [
            (self._plain, 4), (self._rich, 4), (self._answer, 6), (self._with_papers, 4), (self._with_picture, 1),
            (self._robot, 1),
        ]  # fmt: skip
        body = self.dice.choices([one for one, _ in made], [weight for _, weight in made])[0](tongue)
        return (head + body).replace(b"\n", b"\r\n")

    def _head(self, number: int, tongue: int) -> bytes:
        thing: Pair = self.dice.choice(self.dice.choice(said.SERVICES))
        charset = self.dice.choice(("utf-8", "gb18030")) if tongue == 0 else "utf-8"
        subject = Header(self.pen.title(thing, tongue), charset).encode()
        name = Header(self._who(tongue), charset).encode()
        hops = "".join(self._hop(hop) for hop in range(1, self.dice.choice((2, 4, 6))))
        chain = " ".join(f"<{self.dice.randrange(10**12)}@corp.example>" for _ in range(self.dice.choice((0, 1, 3, 9))))
        return (
            f"Return-Path: <p{number}@corp.example>\n{hops}"
            "Authentication-Results: mx.corp.example; dmarc=pass header.from=corp.example; spf=pass\n"
            f"From: {name} <p{number}@corp.example>\nTo: desk@corp.example\nSubject: {subject}\n"
            f"Date: Mon, 23 Nov 2026 09:12:00 +0800\nMessage-ID: <{number}.{self.dice.randrange(10**9)}@corp.example>\n"
            + (f"References: {chain}\n" if chain else "")
            + "MIME-Version: 1.0\n"
        ).encode()

    def _hop(self, hop: int) -> str:
        return (
            f"Received: from mx{hop}.corp.example (mx{hop}.corp.example [10.0.0.{hop}])\n\tby mx{hop + 1}.corp.example"
            f" with ESMTPS id {self.dice.randrange(10**12)}\n\tfor <desk@corp.example>;"
            f" Mon, 23 Nov 2026 09:12:{hop:02} +0800\n"
        )

    def _plain(self, tongue: int) -> bytes:
        return _part(self._words(tongue), "plain", self.dice.choice(("utf-8", "gb18030")) if tongue == 0 else "utf-8")

    def _rich(self, tongue: int) -> bytes:
        words = self._words(tongue)
        return _of("alternative", _part(words, "plain"), _part(_html(words), "html"))

    def _answer(self, tongue: int) -> bytes:
        words, old = self.pen.update("message", tongue), self._words(tongue)
        above = _ABOVE[tongue].format(who=self._who(tongue))
        quoted = "\n".join(f"> {line}" for line in old.split("\n"))
        rich = f'{_html(words)}<div class="gmail_quote">{above}<blockquote>{_html(old)}</blockquote></div>'
        return _of("alternative", _part(f"{words}\n\n{above}\n{quoted}\n", "plain"), _part(rich, "html"))

    def _with_papers(self, tongue: int) -> bytes:
        papers = [self._paper(tongue) for _ in range(self.dice.choice((1, 1, 2, 3)))]
        return _of("mixed", self._rich(tongue), *papers)

    def _with_picture(self, tongue: int) -> bytes:
        words = _html(self._words(tongue)) + '<img src="cid:one@corp"><img src="https://track.example/1.gif">'
        picture = _file("image001.png", _PAPERS[1][2] + self.dice.randbytes(20_000), "Content-ID: <one@corp>\n")
        return _of("related", _part(words, "html"), picture)

    def _robot(self, tongue: int) -> bytes:
        return b"Auto-Submitted: auto-replied\n" + self._plain(tongue)

    def _paper(self, tongue: int) -> bytes:
        *names, head = self.dice.choice(_PAPERS)
        size = int(self.dice.lognormvariate(11, 1))  # half of them larger than 60 KB
        return _file(str(names[tongue]), bytes(head) + self.dice.randbytes(min(size, 2_000_000)))

    def _words(self, tongue: int) -> str:
        return f"{self.pen.request(tongue)}\n\n{_CLOSING[tongue].format(who=self._who(tongue))}\n"

    def _who(self, tongue: int) -> str:
        if tongue == 0:
            return self.dice.choice(said.FAMILY) + self.dice.choice(said.GIVEN)
        return f"{self.dice.choice(said.FOREIGN)} {self.dice.choice(said.FAMILY_ABROAD)}"


def letters(count: int, seed: int) -> list[bytes]:
    """The same for the same seed."""
    clerk = Clerk(seed)
    return [clerk.letter(number) for number in range(count)]


def figure(made: Sequence[bytes]) -> Figure:
    sizes = sorted(len(one) / 1024 for one in made)
    note = f"{len(made)} letters, {sum(sizes) / 1024:.0f} MB, the largest {sizes[-1]:.0f} KB"
    return Figure("size of a letter, median", median(sizes), None, "KB", note)


def _html(words: str) -> str:
    lines = "".join(f'<div style="{_STYLE}"><span>{line or "<br>"}</span></div>' for line in words.split("\n"))
    return f"<html><head><style>p{{margin:0}}</style></head><body>{lines}</body></html>"


def _part(words: str, kind: str, charset: str = "utf-8") -> bytes:
    head = f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    return head.encode() + encodebytes(words.encode(charset))


def _file(name: str, content: bytes, more: str = "") -> bytes:
    named = Header(name, "utf-8").encode()
    kind = (
        f'Content-Type: application/octet-stream; name="{named}"\nContent-Disposition: attachment; filename="{named}"\n'
    )
    return f"{kind}{more}Content-Transfer-Encoding: base64\n\n".encode() + encodebytes(content)


def _of(kind: str, *parts: bytes) -> bytes:
    mark = f"=_{kind}_"
    body = b"".join(f"--{mark}\n".encode() + part + b"\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n'.encode() + body + f"--{mark}--\n".encode()
