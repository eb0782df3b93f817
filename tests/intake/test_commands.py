"""What people at the desk do by letter: command lines, letters passed on, colleagues written to as well."""

import pytest

from desk.i18n import say
from desk.intake.rules.commands import Command, Verb, department, reason, split, tier
from tests.firm import Firm
from tests.intake.post import OURS, PASSED, Post, letter

WU = "吴桐 <wu@example.cn>"
PASSED_ON = "请处理。\n\n---------- Forwarded message ---------\n发件人: 孟凡 <meng@example.cn>\n日期: 今天\n主题: 椅子\n收件人: wu@example.cn\n\n椅子坏了。"


async def by_wu(post: Post, number: int, body: str, **more: str) -> object:
    return await post.says(body, sender=WU, subject=f"[#{number}]", Authentication_Results=PASSED, **more)


async def test_done_resolves_with_its_sentence_after_the_words_below_it(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await by_wu(post, number, "#done It stands on your desk.\n\nDo keep the box.")

    assert (await post.request(number))["state"] == "resolved"
    assert [(kind, body) for kind, body, _ in await post.words(number)] == [
        ("reply", "Do keep the box."), ("outcome", "It stands on your desk."),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["#hand over legal It is a matter of law.", "#交接 法务部，这是法律问题。"])
async def test_hand_over_names_a_department_and_why(firm: Firm, post: Post, line: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    await by_wu(post, number, line)

    assert (await post.request(number))["department"] == firm.legal
    assert "request_handed_over" in await firm.entries(number)


@pytest.mark.parametrize(
    "line", ["#tier restricted personal_data Her address is in it.", "#级别 限知 个人信息 里面有住址"]
)
async def test_tier_shuts_the_request_with_its_reason(firm: Firm, post: Post, line: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    await by_wu(post, number, line)

    assert (await post.request(number))["tier"] == 3


@pytest.mark.parametrize(
    "line", ["#done", "#tier restricted", "#tier sealed", "#hand over nowhere", "#hand over legal"]
)
async def test_what_cannot_be_done_is_told_inside_and_nothing_is_done(firm: Firm, post: Post, line: str) -> None:
    number = await firm.lin_asks_for("a laptop")
    row = await by_wu(post, number, f"{line}\nShe need not know this.")

    request = await post.request(number)
    assert (row["outcome"], request["state"], request["tier"], request["department"]) == (
        "note",
        "open",
        1,
        firm.finance,
    )
    (words,) = await post.words(number)
    assert words[0] == "note"
    assert line in words[1]


async def test_a_command_further_down_is_words(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    await by_wu(post, number, "Write\n#done\nwhen it is there.")

    assert (await post.request(number))["state"] == "open"


async def test_who_asks_commands_nothing(firm: Firm, post: Post) -> None:
    number = await firm.files(firm.wu, "my own laptop")
    await by_wu(post, number, "#done It is here.")

    assert (await post.request(number))["state"] == "open"


async def test_a_letter_passed_on_is_asked_by_who_wrote_it(firm: Firm, post: Post) -> None:
    row = await post.says(PASSED_ON, sender=WU, subject="Fwd: 椅子", Authentication_Results=PASSED)

    request = await post.request(row["number"])
    assert (request["login"], request["logged_by"], request["unverified"]) == ("meng", firm.wu.person, True)
    assert "椅子坏了" in request["body"]
    assert [(kind, body) for kind, body, _ in await post.words(row["number"])] == [("note", "请处理。")]


@pytest.mark.parametrize("sender", [WU, "林晓雯 <lin@example.cn>"])
async def test_only_a_verified_handler_asks_for_others(firm: Firm, post: Post, sender: str) -> None:
    vouched = "" if sender == WU else PASSED
    row = await post.says(PASSED_ON, sender=sender, subject="Fwd: 椅子", Authentication_Results=vouched)

    request = await post.request(row["number"])
    assert request["login"] in sender
    assert "请处理" in request["body"]
    assert "椅子坏了" in request["body"]


async def test_colleagues_who_are_written_to_look_on_where_they_may_read(firm: Firm, post: Post) -> None:
    cc = f"zhao@example.cn, {OURS}, stranger@elsewhere.example, lin@example.cn, guest@example.cn"
    open_to_staff = await post.brings(letter("A chair", Cc=cc), to="expenses@desk.localhost")
    shut = await post.brings(letter("My pay", Cc=cc, To="payroll@desk.localhost"), to="payroll@desk.localhost")
    watching = "select p.login from watches w join people p on p.id = w.person where w.ticket = $1"

    here = await post.brings(letter("A desk", Cc=cc, To="expenses@desk.localhost"), to="expenses@desk.localhost")
    assert [row["login"] for row in await post.superuser.fetch(watching, here["ticket"])] == ["zhao"]
    assert await post.superuser.fetch(watching, shut["ticket"]) == []
    assert open_to_staff["outcome"] == "request"


async def test_at_most_ten_are_made_to_look_on(firm: Firm, post: Post) -> None:
    cc = ", ".join(f"{login}@example.cn" for login in ("qian", "wu", "zhou", "han", "meng", "zhao", "admin"))
    row = await post.brings(letter("x", Cc=f"{cc}, {cc}", To="expenses@desk.localhost"), to="expenses@desk.localhost")

    assert await post.superuser.fetchval("select count(*) from watches where ticket = $1", row["ticket"]) == 7


def test_commands_are_read_in_both_languages() -> None:
    commands, rest = split("#done It is paid.\n＃级别：限知 薪酬与考核 工资单\n\nHello\n#done no")

    assert commands == [Command(Verb.DONE, "It is paid."), Command(Verb.TIER, "限知 薪酬与考核 工资单")]
    assert rest == "Hello\n#done no"
    assert tier("限知 薪酬与考核 工资单")[0] == 3
    assert reason("薪酬与考核 工资单") == ("pay_and_appraisal", "工资单")
    assert department("legalese", {"legal": "legal"}) == (None, "legalese")
    assert split("#donetoday x")[0] == []
    assert say("en", "intake.not_done", command="#done", why="x")
