"""The road through the pages, without JavaScript."""

from tests.site import Site


async def test_every_page_opens(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    for login in ("lin", "wu", "zhao", "qian", "admin"):
        visit = await site.browser(login)
        for path in (
            "/",
            "/new",
            "/new?service=expenses",
            "/new?service=any&q=x",
            f"/requests/{number}",
            "/queue",
            "/notices",
        ):
            answer = await visit.get(path)
            assert answer.status_code == 200, (login, path, answer.text[-800:])


async def test_who_handles_nothing_has_no_desk_and_is_led_home(site: Site) -> None:
    assert (await (await site.browser("lin")).get("/desk")).headers["location"] == "/"
    assert (await (await site.browser("wu")).get("/desk")).status_code == 200


async def test_lin_files_and_reads_why_the_answer_comes_then(site: Site) -> None:
    lin = await site.browser("lin", **{"accept-language": "en"})
    await lin.get("/new?service=expenses")

    filed = await lin.post("/new", service="expenses", title="BX-1107 came back", body="Why?", _key=lin.key)

    assert filed.status_code == 303, filed.text
    page = (await lin.get(filed.headers["location"])).text
    assert "Answer by today 18:00" in page or "今天18:00前答复" in page


async def test_typed_words_stay_in_a_refused_form(site: Site) -> None:
    lin = await site.browser("lin")
    await lin.get("/new?service=expenses")

    refused = await lin.post("/new", service="expenses", title="", body="the words I typed", _key=lin.key)

    assert refused.status_code == 422
    assert "the words I typed" in refused.text


async def test_wu_answers_on_the_page_and_gives_a_word(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu = await site.browser("wu")
    page = f"/requests/{number}"
    await wu.get(page)

    wordless = await wu.post(f"{page}/updates", kind="reply", body="soon", tier="1", word="until", _key=wu.key)
    given = await wu.post(
        f"{page}/updates", kind="reply", body="soon", tier="1", word="until",
        expectation="2026-11-20T17:30", expectation_text="whether it is paid", _key=wu.key,
    )  # fmt: skip

    assert (wordless.status_code, given.status_code) == (422, 303), given.text[-500:]
    assert "whether it is paid" in (await wu.get(page)).text


async def test_a_reply_in_haste_is_asked_whether_it_is_the_answer(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")

    hasty = await wu.post(
        f"/requests/{number}/updates", kind="reply", body="I shall ask.", tier="1", word="", _key=wu.key
    )

    assert hasty.status_code == 422
    assert 'id="word-error"' in hasty.text
    assert "I shall ask." in hasty.text


async def test_a_form_sent_twice_writes_once(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")
    fields = {"kind": "note", "body": "twice clicked", "tier": "1", "_key": wu.key}

    first, second = [await wu.post(f"/requests/{number}/updates", **fields) for _ in range(2)]

    assert (first.status_code, second.status_code) == (303, 303)
    assert (await site.firm.words(site.firm.wu, number)) == ["twice clicked"]


async def test_an_attachment_is_served_only_to_readers_and_never_inline(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu, guest = await site.browser("wu"), await site.browser("guest")
    await wu.get(f"/requests/{number}")
    pdf = {"files": ("发票.pdf", b"%PDF-1.7 hello", "application/pdf")}

    sent = await wu.post(f"/requests/{number}/updates", files=pdf, kind="note", body="see file", tier="1", _key=wu.key)
    href = (await wu.get(f"/requests/{number}")).text.split('href="/files/')[1].split('"')[0]
    mine, theirs = await wu.get(f"/files/{href}"), await guest.get(f"/files/{href}")

    assert sent.status_code == 303, sent.text[-500:]
    assert mine.content == b"%PDF-1.7 hello"
    assert mine.headers["content-disposition"].startswith("attachment")
    assert theirs.status_code == 404


async def test_a_file_that_is_not_what_it_says_is_refused_and_the_words_stay(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")
    fake = {"files": ("invoice.pdf", b"<html>", "application/pdf")}

    refused = await wu.post(
        f"/requests/{number}/updates", files=fake, kind="note", body="see file", tier="1", _key=wu.key
    )

    assert refused.status_code == 422
    assert "see file" in refused.text
    assert await site.firm.words(site.firm.wu, number) == []


async def test_what_is_too_big_gets_413_and_a_sentence(site: Site) -> None:
    lin = await site.browser("lin", **{"accept-language": "en"})
    await lin.get("/new?service=expenses")

    words = await lin.http.post(
        "/profile", content=b"x=" + b"y" * 2_000_000, headers={"content-type": "application/x-www-form-urlencoded"}
    )
    big = {"files": ("big.txt", b"y" * (25 * 1024 * 1024 + 1), "text/plain")}
    file = await lin.post("/new", files=big, service="expenses", title="the words stay", body="", _key=lin.key)

    assert words.status_code == 413
    assert file.status_code == 422
    assert "25 MB" in file.text or "25MB" in file.text
    assert "the words stay" in file.text


async def test_a_note_whose_tier_is_left_alone_stays_with_the_departments(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu, zhao = await site.browser("wu"), await site.browser("zhao")
    await wu.get(f"/requests/{number}")

    sent = await wu.post(f"/requests/{number}/updates", kind="note", body="let us wait", tier="", _key=wu.key)

    assert sent.status_code == 303, sent.text[-500:]
    assert "let us wait" in (await wu.get(f"/requests/{number}")).text
    hidden = (await zhao.get(f"/requests/{number}")).text
    assert "let us wait" not in hidden
    assert "决定前的草稿" in hidden


async def test_a_note_under_a_restricted_request_is_as_shut_as_the_request(site: Site) -> None:
    number = await site.firm.lin_asks_for("pay", tier=3, reason="pay_and_appraisal", sentence="my pay")
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")

    sent = await wu.post(f"/requests/{number}/updates", kind="note", body="let us wait", tier="", _key=wu.key)

    assert sent.status_code == 303
    assert (await site.firm.words(site.firm.zhao, number)) == []
    assert 'class="tier tier--chip tier--shut"' in (await wu.get(f"/requests/{number}")).text


async def test_who_sends_words_is_led_to_them_and_told(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu = await site.browser("wu")
    await wu.get(f"/requests/{number}")

    sent = await wu.post(f"/requests/{number}/updates", kind="reply", body="paid", word="answer", tier="1", _key=wu.key)
    path, line = sent.headers["location"].split("#")

    assert f'id="{line}"' in (page := (await wu.get(path)).text)
    assert "已发出" in page


async def test_a_reply_says_nothing_by_itself_about_the_next_word(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu = await site.browser("wu")
    page = (await wu.get(f"/requests/{number}")).text

    refused = await wu.post(f"/requests/{number}/updates", kind="reply", body="soon", word="until", _key=wu.key)

    assert 'name="word" value="answer"' in page
    assert 'name="word" value="answer" checked' not in page
    assert refused.status_code == 422
    assert 'id="expectation-error"' in refused.text
    assert "选过附件的话，请重新选择" in refused.text


async def test_a_withdrawal_is_asked_about_before_it_is_done(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    page = (await (await site.browser("lin")).get(f"/requests/{number}")).text

    before = page.split(f'action="/requests/{number}/withdrawal"')[0]
    assert before.rfind('<details class="act__sure">') > before.rfind("</details>")


async def test_the_way_back_from_somebody_elses_request_leads_to_all_requests(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    crumbs = {}
    for login in ("lin", "wu", "zhao"):
        page = (await (await site.browser(login)).get(f"/requests/{number}")).text
        crumbs[login] = page.split('class="crumbs"')[1].split('href="')[1].split('"')[0]

    assert crumbs == {"lin": "/", "wu": "/desk", "zhao": "/queue"}


async def test_what_was_withdrawn_is_neither_kept_nor_paused(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    await site.firm.lin_withdraws(number)
    told = (
        (await (await site.browser("lin")).get(f"/requests/{number}")).text.split('class="told"')[1].split("</ul>")[0]
    )

    assert told.count('class="state state--withdrawn"') == 2
    assert "已撤回" in told
    assert "state--paused" not in told
