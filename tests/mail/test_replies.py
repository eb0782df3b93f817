"""What is new in a reply: quotations go, answers between them stay, and nothing of the sender's own is lost."""

import pytest

from tests.mail.letters import new

ANSWER = "好的，我再试一次。\n明天回复您。"

ATTRIBUTIONS = [
    "On Mon, Mar 2, 2026 at 10:05 AM Desk <\ndesk@corp.example> wrote:",
    "On 02/03/2026 10:05, Desk wrote:",
    "Le lun. 2 mars 2026 à 10:05, Desk <desk@corp.example> a écrit :",
    "Am Mo., 2. März 2026 um 10:05 Uhr schrieb Desk <desk@corp.example>:",
    "Op 2 mrt. 2026 om 10:05 heeft Desk <desk@corp.example> het volgende geschreven:",
    "пн, 2 мар. 2026 г. в 10:05, Desk <desk@corp.example>:",
    "服务台 <desk@corp.example> 于2026年3月2日周一 10:05写道：",
    "在 2026-03-02 10:05:33，\"服务台\" <desk@corp.example> 写道：",
    "2026年3月2日(月) 10:05 Desk <desk@corp.example>:",
    "2026. 3. 2. 오전 10:05, Desk <desk@corp.example> 작성:",
]  # fmt: skip
HEADERS = [
    "-----Original Message-----\nFrom: Desk\nSent: Monday\nTo: Lin\nSubject: Printer",
    "________________________________\nVon: Desk <desk@corp.example>\nGesendet: Montag\nAn: Lin\nBetreff: Drucker",
    "------------------ 原始邮件 ------------------\n发件人: \"服务台\"<desk@corp.example>;\n发送时间: 2026年3月2日\n主题: 打印机",
    "---- 回复的原邮件 ----\n| 发件人 | 服务台<desk@corp.example> |\n| 收件人 | 林 |\n| 主题 | 打印机 |",
    "发件人： 服务台\n发送时间： 2026-03-02 10:05\n收件人： 林\n主题： 打印机",
    "寄件者: Desk <desk@corp.example>\n寄件日期: 2026年3月2日\n收件者: Lin\n主旨: x",
    "*From:* Desk <desk@corp.example>\n*Date:* Monday\n*To:* Lin\n*Subject:* Printer",
    "服务台 <desk@corp.example>\n2026-03-02 10:05\n\n收件人\n林\n主题\n打印机",
]  # fmt: skip


@pytest.mark.parametrize("opener", ATTRIBUTIONS + HEADERS)
@pytest.mark.parametrize("old", ["> 旧的话\n> 还有", "旧的话\n还有"])
def test_the_quotation_is_left_out(opener: str, old: str) -> None:
    assert new(f"{ANSWER}\n\n{opener}\n\n{old}\n") == ANSWER


def test_answers_between_quotations_stay_with_them() -> None:
    words = "> Which model?\nHP M404.\n\n> Since when?\nYesterday."

    assert new(f"On Mon, Mar 2, 2026 Desk <desk@corp.example> wrote:\n{words}\n") == words


def test_an_answer_below_the_whole_quotation_stands_alone() -> None:
    assert new(f"On Mon, Mar 2, 2026 at 10:05 Desk <desk@corp.example> wrote:\n> Which model?\n\n{ANSWER}") == ANSWER


def test_an_answer_below_a_greeting_is_not_taken_for_a_signature() -> None:
    assert "HP M404." in new("Hi Wu,\n\nOn 2 Mar 2026, Desk <desk@corp.example> wrote:\n> Which model?\n\nHP M404.")


@pytest.mark.parametrize(
    "below",
    [
        "-- \nLin Na\nSales",
        "Sent from my iPhone",
        "发自我的华为手机",
        "Von meinem Mobiltelefon gesendet",
        "| |\nlin\n|\nlin@163.example\n|",
    ],
)
def test_signatures_and_lines_of_telephones_are_left_out(below: str) -> None:
    assert new(f"{ANSWER}\n\n{below}\n") == ANSWER


@pytest.mark.parametrize(
    "own",
    [
        "The form asks:\nFrom: Beijing\nTo: Shanghai\nDate: 3 May\n\nWhich do I pick?",
        "The parcel was\nsent from our warehouse on Monday.\nWhere is it?",
        "In the ticket he wrote: it is fine.\nBut it is not.",
        "2026-03-02 10:05:33 ERROR user lin@corp.example not found\nPlease help.",
        "Steps:\n\n***\n\nPress the green button and wait until it goes out.\n\n***\n\nIt did not help.",
        "```\nOn Mon, Mar 2, 2026 Desk <desk@corp.example> wrote:\n```\nThis line is printed twice.",
    ],
)
def test_what_only_looks_like_a_quotation_stays(own: str) -> None:
    assert new(own) == own


def test_when_nothing_would_be_left_everything_is_kept() -> None:
    assert new("> Only quoted.") == "> Only quoted."


def test_a_line_that_a_server_broke_is_still_quoted() -> None:
    quoted = "> " + "long " * 14 + "\nwords.\n> More."

    assert new(f"{ANSWER}\n\nOn 2 Mar 2026, Desk <desk@corp.example> wrote:\n{quoted}") == ANSWER


@pytest.mark.parametrize(
    "quotation",
    [
        '<div class="gmail_quote"><div>On 2 Mar 2026 Desk wrote:</div><blockquote>Old</blockquote></div>',
        '<hr><div id="divRplyFwdMsg"><b>From:</b> Desk<br><b>Sent:</b> Monday</div><div>Old</div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>发件人:</b> 服务台</p></div><p>Old</p>',
        '<div class="moz-cite-prefix">Am 02.03.2026 schrieb Desk:</div><blockquote type="cite">Old</blockquote>',
        '<div>------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b> x</div><div>Old</div>',
        '<blockquote type="cite"><div>On 2 Mar 2026, at 10:05, Desk &lt;d@c.example&gt; wrote:</div>Old</blockquote>',
    ],
)  # fmt: skip
def test_quotations_in_html_are_known_by_their_structure(quotation: str) -> None:
    assert new(f"<html><body><div>It works now.</div><br>{quotation}</body></html>", "text/html") == "It works now."


def test_answers_between_quotations_in_html_stay() -> None:
    told = new(
        '<blockquote class="gmail_quote">Model?</blockquote>M404.<blockquote>Since?</blockquote>May.', "text/html"
    )

    assert told.split("\n\n") == ["> Model?", "M404.", "> Since?", "May."]
