"""Files hang on a request or on words under it, and are as shut as those."""

import pytest

from desk import store
from desk.i18n import Invalid
from desk.tickets.actions.files import File, attach_to
from tests.firm import Firm

PDF = b"%PDF-1.4 a receipt"


async def test_a_file_is_kept_as_it_came(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.does(firm.lin, attach_to, number, [File("发票.pdf", PDF)])

    (row,) = await firm.rows(firm.wu, "select name, kind, size, object from attachments")
    assert (row["name"], row["kind"], row["size"]) == ("发票.pdf", "application/pdf", len(PDF))
    assert await store.get(row["object"]) == PDF


async def test_a_file_of_a_restricted_request_is_restricted(firm: Firm):
    number = await firm.lin_asks_for("my pay slip", service="payroll")
    await firm.does(firm.lin, attach_to, number, [File("slip.pdf", PDF)])

    assert len(await firm.rows(firm.han, "select from attachments")) == 1
    assert await firm.rows(firm.wu, "select from attachments") == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("page.html", b"<html>", "not taken"),
        ("picture.svg", b"<svg>", "not taken"),
        ("receipt", b"text", "not taken"),
        ("receipt.pdf", b"<html>", "does not fit its name"),
        ("receipt.png", PDF, "does not fit its name"),
        ("receipt.txt", b"a\x00b", "does not fit its name"),
        ("receipt.pdf", b"", "is empty"),
        ("receipt.pdf", PDF + b"0" * 25 * 1024 * 1024, "larger than 25 MB"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_named_with_its_reason(firm: Firm, name: str, content: bytes, why: str):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Invalid, match=why):
        await firm.does(firm.lin, attach_to, number, [File("good.pdf", PDF), File(name, content)])
    assert await firm.rows(firm.lin, "select from attachments") == []


async def test_at_most_ten_files_at_a_time(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")

    with pytest.raises(Invalid, match="At most 10"):
        await firm.does(firm.lin, attach_to, number, [File(f"{n}.pdf", PDF) for n in range(11)])


async def test_a_name_keeps_no_folders(firm: Firm):
    number = await firm.lin_asks_for("a taxi receipt")
    await firm.does(firm.lin, attach_to, number, [File("../../etc/C:\\pass\x00wd.pdf", PDF)])

    (row,) = await firm.rows(firm.lin, "select name from attachments")
    assert row["name"] == "passwd.pdf"
