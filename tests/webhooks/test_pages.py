"""The page of the notices to chat, in a browser's and a program's eyes."""

import pytest

from tests.firm import Firm
from tests.site import Site
from tests.webhooks.chat import Chat
from tests.webhooks.conftest import Following

PAGE = "/admin/webhooks"


def typed(group: Chat, **more: str) -> dict[str, str]:
    return {
        "department": "finance", "name": "财务夜班群", "kind": "dingtalk", "address": group.address,
        "secret": "SEC-of-the-group", "language": "zh-CN",
    } | more  # fmt: skip


async def test_a_head_adds_tries_and_ends_a_chat(site: Site, firm: Firm, group: Chat, follow: Following) -> None:
    qian = await site.browser("qian")
    assert (await qian.post(PAGE, **typed(group))).status_code == 303
    (webhook,) = [row["id"] for row in await firm.rows(firm.qian, "select id from webhooks")]
    await qian.post(f"{PAGE}/{webhook}/trial")
    await follow()

    assert "测试消息" in group.text()
    seen = (await qian.get(PAGE)).text
    assert "最近送达" in seen
    await qian.post(f"{PAGE}/{webhook}/end")
    assert "财务夜班群" not in (await qian.get(PAGE)).text


async def test_neither_address_nor_secret_is_shown_again(site: Site, group: Chat) -> None:
    qian = await site.browser("qian")
    await qian.post(PAGE, **typed(group))
    seen = (await qian.get(PAGE)).text

    assert "127.0.0.1" in seen
    for secret in ("hook-token", "SEC-of-the-group"):
        assert secret not in seen


async def test_what_was_typed_stays_but_for_the_secret(site: Site, group: Chat) -> None:
    qian = await site.browser("qian")
    answer = await qian.post(PAGE, **typed(group, address="http://chat.example/hook"))

    assert answer.status_code == 422
    assert "财务夜班群" in answer.text
    assert "https://" in answer.text
    assert "SEC-of-the-group" not in answer.text


async def test_a_form_that_is_sent_twice_adds_one(site: Site, firm: Firm, group: Chat) -> None:
    qian = await site.browser("qian")
    await qian.post(PAGE, **typed(group))
    again = await qian.post(PAGE, **typed(group))

    assert again.status_code == 409
    assert "已经在这个部门的列表里" in again.text
    assert len(await firm.rows(firm.qian, "select id from webhooks")) == 1


async def test_why_a_chat_hears_nothing_is_told_in_words(
    site: Site, firm: Firm, group: Chat, follow: Following
) -> None:
    group.answers = b'HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{"errcode":310000}'
    qian = await site.browser("qian")
    await qian.post(PAGE, **typed(group))
    await firm.lin_asks_for("A taxi receipt")
    await follow()

    seen = (await qian.get(PAGE)).text
    assert "对方返回错误码310000" in seen
    assert "还有1条等待发送" in seen


@pytest.mark.parametrize("login", ["lin", "wu", "han"])
async def test_who_keeps_none_is_told_who_does(site: Site, group: Chat, login: str) -> None:
    visit = await site.browser(login)

    for answer in (await visit.get(PAGE), await visit.post(PAGE, **typed(group))):
        assert answer.status_code == 403
        assert "由管理员和部门主管管理" in answer.text


async def test_a_head_keeps_no_others(site: Site, firm: Firm, group: Chat) -> None:
    admin, qian = await site.browser("admin"), await site.browser("qian")
    await admin.post(PAGE, **typed(group, department="hr", name="人事群"))
    (webhook,) = [row["id"] for row in await firm.rows(firm.admin, "select id from webhooks")]

    assert "人事群" not in (await qian.get(PAGE)).text
    assert "人事群" in (await admin.get(PAGE)).text
    for act in ("trial", "end"):
        assert (await qian.post(f"{PAGE}/{webhook}/{act}")).status_code == 403
        assert (await qian.post(f"{PAGE}/{webhook + 1}/{act}")).status_code == 404


async def test_every_change_stands_in_the_journal_without_what_is_secret(site: Site, firm: Firm, group: Chat) -> None:
    qian = await site.browser("qian")
    await qian.post(PAGE, **typed(group))
    (webhook,) = [row["id"] for row in await firm.rows(firm.qian, "select id from webhooks")]
    for act in ("trial", "end"):
        await qian.post(f"{PAGE}/{webhook}/{act}")
    rows = await firm.rows(firm.zhao, "select tag, by, data from entries where subject like 'webhook:%' order by id")

    assert [row["tag"] for row in rows] == ["webhook_added", "webhook_tried", "webhook_ended"]
    assert {row["by"] for row in rows} == {firm.qian.person}
    assert not any("hook-token" in row["data"] or "SEC" in row["data"] for row in rows)


async def test_a_head_finds_the_way_from_the_department_and_others_are_shown_none(site: Site) -> None:
    qian, wu = await site.browser("qian"), await site.browser("wu")

    assert f'href="{PAGE}"' in (await qian.get("/departments/finance")).text
    assert f'href="{PAGE}"' not in (await wu.get("/departments/finance")).text
    assert f'href="{PAGE}"' not in (await qian.get("/departments/hr")).text
