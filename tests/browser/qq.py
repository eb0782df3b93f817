"""林's mail program: letters as QQ's writes them (a multipart in GB 18030, base64), and its way of quoting what it answers."""

import base64
import smtplib
from email.message import EmailMessage
from html import escape

from tests.browser.running import RunningDesk
from tests.outbox.post import text

MX = "mx.example.cn"  # the firm's own server, which hands over what comes and says whose it is
ME, ADDRESS = "林晓雯", "lin@example.cn"
_BOUNDARY = "----=_NextPart_691E7A10_3C5F2A80_2B6D4C19"
_LINE = "------------------&nbsp;原始邮件&nbsp;------------------"


def writes(desk: RunningDesk, to: str, subject: str, words: str) -> None:
    _send(desk, to, subject, words, f"<div>{escape(words)}</div>")


def answers(desk: RunningDesk, letter: EmailMessage, words: str) -> None:
    """Under the words stands the whole letter, in both parts."""
    head = {
        "发件人": str(letter["From"]),
        "发送时间": "2026年11月20日(星期五) 上午9:31",
        "收件人": f'"{ME}"<{ADDRESS}>',
        "主题": str(letter["Subject"]),
    }
    quoted = "\n".join(f"{name}:&nbsp;{value};" for name, value in head.items()).replace("&nbsp;", " ")
    lines = "".join(f"<div><b>{name}:</b>&nbsp;{escape(value)};</div>" for name, value in head.items())
    plain = f"{words}\n\n\n\n{_LINE.replace('&nbsp;', ' ')}\n{quoted}\n\n\n\n{text(letter)}"
    html = (
        f'<div>{escape(words)}</div><div><br></div><div><div style="font-size: 12px;font-family: Arial Narrow;'
        f'padding:2px 0 2px 0;">{_LINE}</div><div style="font-size: 12px;background:#efefef;padding:8px;">{lines}</div>'
        f"<div><br></div>{text(letter, 'html')}</div>"
    )
    _send(desk, str(letter["Reply-To"]), f"回复：{letter['Subject']}", plain, html, letter["Message-ID"])


def _send(desk: RunningDesk, to: str, subject: str, plain: str, html: str, answered: str | None = None) -> None:
    """One conversation with the postroom."""
    head = [
        f"Authentication-Results: {MX}; dmarc=pass header.from=example.cn",
        f"Received: from smtpbg.qq.example by {MX}; Fri, 20 Nov 2026 {desk.at:%H:%M:%S} +0800",
        f"From: {_encoded(ME)} <{ADDRESS}>",
        f"To: {_encoded('服务台')} <{to}>",
        f"Subject: {_encoded(subject)}",
        f"Date: Fri, 20 Nov 2026 {desk.at:%H:%M:%S} +0800",
        f"Message-ID: <tencent_{abs(hash((subject, plain))):X}@qq.example>",
        *([f"In-Reply-To: {answered}", f"References: {answered}"] if answered else []),
        "X-QQ-MIME: TCMime 1.0 by Tencent",
        "X-Mailer: QQMail 2.x",
        "X-QQ-Mailer: QQMail 2.x",
        "Mime-Version: 1.0",
        f'Content-Type: multipart/alternative;\n\tboundary="{_BOUNDARY}"',
        "Content-Transfer-Encoding: 8Bit",
    ]
    parts = [_part("plain", plain), _part("html", html), f"--{_BOUNDARY}--\n"]
    content = "\n".join([*head, "", "This is a multi-part message in MIME format.\n", *parts])
    with smtplib.SMTP("127.0.0.1", desk.mail_port, timeout=60) as line:
        line.sendmail(ADDRESS, [to], content.replace("\r\n", "\n").replace("\n", "\r\n").encode("ascii"))


def _part(kind: str, words: str) -> str:
    coded = base64.encodebytes(words.replace("\r\n", "\n").encode("gb18030")).decode()
    return (
        f'--{_BOUNDARY}\nContent-Type: text/{kind};\n\tcharset="gb18030"\nContent-Transfer-Encoding: base64\n\n{coded}'
    )


def _encoded(words: str) -> str:
    return f"=?gb18030?B?{base64.b64encode(words.encode('gb18030')).decode()}?="
