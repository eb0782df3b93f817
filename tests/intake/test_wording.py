"""What of a letter becomes words and files of a request, and what it lacks."""

from base64 import b64encode

from desk import db
from desk.catalog import actions as catalog
from desk.catalog.actions import RuleDraft
from desk.catalog.rules.service import Field, Kind
from desk.tickets.queries import missing
from tests.firm import Firm
from tests.intake.post import Post, letter

PDF = b"%PDF-1.7 x"
FORM = [
    Field(name="invoice", kind=Kind.TEXT, label_zh="发票号", label_en="Invoice"),
    Field(name="note", kind=Kind.TEXT, label_zh="说明", label_en="Note", required=False),
]


def with_files(words: str, **files: bytes) -> bytes:
    parts = [f"--B\nContent-Type: text/plain; charset=utf-8\n\n{words}"]
    for name, content in files.items():
        file = name.replace("_", ".")
        head = f'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="{file}"'
        parts.append(f"--B\n{head}\nContent-Transfer-Encoding: base64\n\n{b64encode(content).decode()}")
    return letter("\n".join([*parts, "--B--"]), Content_Type="multipart/mixed; boundary=B")


async def files_of(post: Post, ticket: int) -> list[str]:
    return [
        row["name"]
        for row in await post.superuser.fetch("select name from attachments where ticket = $1 order by id", ticket)
    ]


async def test_files_are_attached_and_what_is_refused_is_a_line(post: Post) -> None:
    row = await post.brings(with_files("两张发票", a_pdf=PDF, b_exe=b"MZ", c_pdf=b"no pdf"))

    body = (await post.request(row["number"]))["body"]
    assert await files_of(post, row["ticket"]) == ["a.pdf"]
    assert body.startswith("两张发票\n\n附件“b.exe”未收下：")
    assert "“c.pdf”" in body


async def test_files_of_an_answer_hang_on_its_words(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    row = await post.brings(with_files("Here it is", a_pdf=PDF), to=post.address(number, firm.lin))

    of = await post.superuser.fetchval("select of_update from attachments where ticket = $1", row["ticket"])
    assert (row["outcome"], of) == ("message", row["of_update"])


async def test_an_eleventh_file_is_a_line(post: Post) -> None:
    row = await post.brings(with_files("many", **{f"n{n}_pdf": PDF for n in range(11)}))

    assert len(await files_of(post, row["ticket"])) == 10
    assert "n10.pdf" in (await post.request(row["number"]))["body"]


async def test_a_letter_that_is_too_long_is_cut_and_attached(post: Post) -> None:
    row = await post.says("字" * 30_000)

    assert len((await post.request(row["number"]))["body"]) < 20_000
    assert await files_of(post, row["ticket"]) == ["全文.txt"]


async def test_what_postgresql_cannot_take_is_no_reason_to_lose_a_letter(post: Post) -> None:
    row = await post.brings(letter("zero \x00 here", subject="\x00", Message_ID="<a\x00b@x>"))

    assert (await post.request(row["number"]))["body"] == "zero  here"


async def test_a_letter_without_words_is_taken(firm: Firm, post: Post) -> None:
    number = await firm.lin_asks_for("a laptop")
    asked = await post.says("", subject="")
    answered = await post.says("", to=post.address(number, firm.lin))

    assert (await post.request(asked["number"]))["title"] == "（无主题）"
    assert answered["outcome"] == "message"


async def test_what_the_form_asks_and_the_letter_does_not_say_is_known(firm: Firm, post: Post) -> None:
    async with db.acting_as(firm.admin):
        await catalog.set_fields("expenses", FORM)
    row = await post.brings(letter("Please pay", to="expenses@desk.localhost"), to="expenses@desk.localhost")

    async with db.acting_as(firm.lin, writing=False):
        assert await missing.facts(row["ticket"]) == [("发票号", "Invoice")]
    async with db.acting_as(firm.guest, writing=False):
        assert await missing.facts(row["ticket"]) == []


async def test_a_rule_by_words_says_who_gets_what_no_address_places(firm: Firm, post: Post) -> None:
    async with db.acting_as(firm.admin):
        await catalog.add_rule(RuleDraft(contains="合同", department="hr"))
    row = await post.says("请看一下这份合同。")

    request = await post.request(row["number"])
    assert (request["department"], request["tier"]) == (firm.hr, 1)


async def test_ids_and_signs_of_any_length_are_taken(post: Post) -> None:
    long = await post.says(Message_ID="<" + "长" * 900 + "@x>")
    machine = await post.brings(letter("x", X_Loop="a\x00b"))

    assert long["message_id"].endswith("@longer.invalid")
    assert (machine["outcome"], machine["fault"]) == ("automatic", "X-Loop: ab")
