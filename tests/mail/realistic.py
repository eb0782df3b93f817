"""Letters of the small firm as its clients write them; what fuzzing begins from. Written for these tests."""

from tests.mail.letters import file, letter, multipart, part, tnef

QUOTED = "On Mon, 23 Nov 2026 at 09:00, Desk <desk@corp.example> wrote:\n> Which floor?\n> \n> Wu"
HTML = '<div style="font-family:微软雅黑">打印机在<b>二楼</b>。<br></div><div class="gmail_quote"><blockquote>哪一层？</blockquote></div>'
STATUS = "Reporting-MTA: dns; mx.corp.example\r\n\r\nFinal-Recipient: rfc822; gone@corp.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
WRAPPED = tnef((0x00069002, bytes(14)), (0x00018010, b"plan.txt\x00"), (0x0006800F, b"Floor 2"))
INVITATION = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Printer\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
UU = "See:\n\nbegin 644 plan.txt\n'1FQO;W(@,@``\n`\nend\n"

LETTERS = [
    letter("It is broken."),
    letter(f"The second.\n\n{QUOTED}", References="<a@x> <b@x>", In_Reply_To="<b@x>"),
    letter("打印机坏了。", Subject="=?gb18030?B?tPLTobv6?=", From="=?utf-8?q?=E6=9E=97?= <lin@corp.example>"),
    multipart(part("打印机在二楼。"), part(HTML, "text/html; charset=utf-8"), kind="alternative"),
    multipart(part("The bill."), file("发票.pdf", b"%PDF-1.4 bill", "application/pdf"), file("a.zip", b"PK\x03\x04")),
    multipart(part("x"), file("winmail.dat", WRAPPED, "application/ms-tnef")),
    multipart(
        part("User unknown"), part(STATUS, "message/delivery-status"), kind="report; report-type=delivery-status"
    ),
    multipart(part("Join us."), part(INVITATION, "text/calendar; method=REQUEST")),
    multipart(part("See below."), part(letter("Old words.").decode(), "message/rfc822")),
    letter(UU, Authentication_Results="mx.corp.example; dmarc=pass header.from=corp.example; spf=pass"),
    letter("自动回复：我不在。", Subject="自动回复: 打印机", Auto_Submitted="auto-replied", Return_Path="<>"),
    letter("One =\ntwo =E6=89=93", Content_Transfer_Encoding="quoted-printable"),
]
