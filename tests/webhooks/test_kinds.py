"""Each kind of chat gets what its vendor's documentation asks for, and nothing that was typed is read as anything but words."""

import base64
import hashlib
import hmac
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from desk.journal.rules import Tag
from desk.webhooks.rules.kinds import ADAPTERS, Kind, Target
from desk.webhooks.rules.told import RUNG, Told
from tests.source import ROOT

HOSTILE = '报销 <!channel> <@all> <at user_id="all"></at> [x](https://evil.example)\n#1 Fake\u202e line **b**'
TOLD = Told(
    tag=Tag.REQUEST_FILED, number=2081, title="A taxi receipt", department="Finance", happened="A new request",
    due="Promised for: Friday", link="https://desk.example/requests/2081",
)  # fmt: skip
AT = 1_795_000_000


def message(kind: Kind, title: str = TOLD.title) -> str:
    told = Told(**{**TOLD.__dict__, "title": title})
    return json.dumps(ADAPTERS[kind].message(told), ensure_ascii=False)


@pytest.mark.parametrize("kind", Kind)
def test_a_message_says_number_title_what_happened_due_and_link(kind: Kind) -> None:
    said = message(kind)

    for part in ("2081", "A taxi receipt", "Finance", "A new request", "Promised for: Friday", TOLD.link):
        assert part in said


@pytest.mark.parametrize("kind", Kind)
def test_what_was_typed_stays_one_line_and_turns_nothing_round(kind: Kind) -> None:
    said = message(kind, HOSTILE)

    assert "\u202e" not in said
    assert "\\n#1 Fake" not in said


def test_what_was_typed_calls_nobody_and_links_nowhere() -> None:
    assert "<!channel>" not in message(Kind.SLACK, HOSTILE)
    assert "<@all>" not in message(Kind.WECOM, HOSTILE)
    assert json.loads(message(Kind.DINGTALK, HOSTILE))["msgtype"] == "text"
    assert '"tag": "at"' not in message(Kind.FEISHU, HOSTILE)
    assert '"TextBlock"' not in message(Kind.TEAMS, HOSTILE)


def test_a_long_title_fits_where_little_fits() -> None:
    told = json.loads(message(Kind.WECOM, "报" * 4000))

    assert len(told["text"]["content"].encode()) <= 2048
    assert TOLD.link in told["text"]["content"]


def test_dingtalk_finds_its_signature_in_the_address() -> None:
    out = ADAPTERS[Kind.DINGTALK].outgoing(
        Target("https://oapi.dingtalk.com/robot/send?access_token=t", "SEC1"), b"{}", AT
    )
    given = parse_qs(urlsplit(out.address).query)
    signed = hmac.new(b"SEC1", f"{AT}000\nSEC1".encode(), hashlib.sha256).digest()

    assert given == {"access_token": ["t"], "timestamp": [f"{AT}000"], "sign": [base64.b64encode(signed).decode()]}


def test_feishu_finds_its_signature_in_the_body_made_of_nothing_by_the_secret_as_key() -> None:
    out = ADAPTERS[Kind.FEISHU].outgoing(Target("https://open.feishu.cn/hook/x", "s"), b'{"msg_type":"post"}', AT)
    signed = hmac.new(f"{AT}\ns".encode(), b"", hashlib.sha256).digest()

    assert json.loads(out.content) == {
        "timestamp": str(AT), "sign": base64.b64encode(signed).decode(), "msg_type": "post",
    }  # fmt: skip


def test_a_program_finds_its_signature_in_the_headers() -> None:
    out = ADAPTERS[Kind.PLAIN].outgoing(Target("https://x.example", "s"), b"{}", AT)
    signed = hmac.new(b"s", b"%d.{}" % AT, hashlib.sha256).hexdigest()

    assert out.headers == {"X-Desk-Timestamp": str(AT), "X-Desk-Signature": f"v1={signed}"}


def test_what_a_program_is_told_is_documented() -> None:
    told = (ROOT / "docs" / "api.md").read_text().split("## When the desk calls")[1].split("## ")[0]

    assert {f'"{name}"' for name in json.loads(message(Kind.PLAIN))} <= set(re.findall(r'"\w+"', told))
    assert {tag.value for tag in (*RUNG, Tag.WEBHOOK_TRIED)} <= set(re.findall(r"`(\w+)`", told))


@pytest.mark.parametrize("kind", Kind)
def test_without_a_secret_nothing_is_signed(kind: Kind) -> None:
    out = ADAPTERS[kind].outgoing(Target("https://x.example/hook"), b"{}", AT)

    assert (out.address, out.content, out.headers) == ("https://x.example/hook", b"{}", {})


@pytest.mark.parametrize(
    ("kind", "status", "said", "fault"),
    [
        (Kind.DINGTALK, 200, b'{"errcode":0,"errmsg":"ok"}', ""),
        (Kind.DINGTALK, 200, b'{"errcode":310000,"errmsg":"sign not match"}', "code_310000"),
        (Kind.WECOM, 200, b'{"errcode":93000}', "code_93000"),
        (Kind.WECOM, 200, b"<html>", "not_understood"),
        (Kind.WECOM, 200, b"[0]", "not_understood"),
        (Kind.FEISHU, 200, b'{"code":0}', ""),
        (Kind.FEISHU, 200, b'{"StatusCode":0}', ""),
        (Kind.FEISHU, 200, b'{"code":19021}', "code_19021"),
        (Kind.SLACK, 200, b"ok", ""),
        (Kind.SLACK, 200, b"no_team", "not_understood"),
        (Kind.SLACK, 404, b"no_service", "http_404"),
        (Kind.TEAMS, 202, b"", ""),
        (Kind.PLAIN, 204, b"", ""),
        (Kind.PLAIN, 302, b"", "redirected"),
    ],
)
def test_an_answer_says_whether_the_message_was_taken(kind: Kind, status: int, said: bytes, fault: str) -> None:
    assert ADAPTERS[kind].fault(status, said) == fault
    assert len(fault) <= 32


def test_a_secret_is_in_no_text_about_its_target() -> None:
    assert "SEC1" not in repr(Target("https://x.example", "SEC1"))
