"""One key, one thing: the same again changes nothing, other words under it are refused."""

import re

import asyncpg
import pytest
from arq.connections import RedisSettings

from desk.tickets import jobs
from desk.worker import tidy as tidying
from desk.worker import worker
from tests.site import Site, Visit

NEW = {"service": "expenses", "title": "BX-1107 came back", "body": "What is missing?", "fields": {}}
KEY = {"idempotency-key": "abc-1"}
FILE = ("a.txt", b"one", "text/plain")


async def test_other_words_under_a_key_are_refused_and_the_first_ones_stand(site: Site) -> None:
    lin = await site.program("lin", **{"accept-language": "en"})
    await lin.post("/api/requests", json=NEW, headers=KEY)

    other = await lin.post("/api/requests", json=NEW | {"title": "Something else"}, headers=KEY)

    assert (other.status_code, other.headers["content-type"]) == (422, "application/problem+json")
    assert other.json()["detail"].startswith("This key was used for another request")
    assert [item["title"] for item in (await lin.get("/api/requests")).json()["items"]] == [NEW["title"]]


@pytest.mark.parametrize(
    ("act", "first", "other"),
    [
        ("updates", {"body": "one", "kind": "note"}, {"body": "two", "kind": "note"}),
        ("question", {"body": "one"}, {"body": "two"}),
        ("resolution", {"outcome": "one"}, {"outcome": "two"}),
        ("decline", {"reason": "one"}, {"reason": "two"}),
        ("handover", {"department": "hr", "reason": "one"}, {"department": "legal", "reason": "one"}),
        ("assignment", {"handler": "zhou"}, {"handler": "wu"}),
    ],
)
async def test_so_it_is_with_every_act(site: Site, act: str, first: dict[str, str], other: dict[str, str]) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    wu = await site.program("wu")

    answers = [await wu.post(f"/api/requests/{number}/{act}", json=sent, headers=KEY) for sent in (first, first, other)]

    assert [answer.status_code for answer in answers] == [201, 201, 422], answers[-1].text


async def test_files_are_the_same_by_name_and_content(site: Site) -> None:
    number = await site.firm.lin_asks_for("BX-1107 came back")
    lin = await site.program("lin")
    sent = [FILE, FILE, ("b.txt", *FILE[1:]), (FILE[0], b"two", FILE[2])]

    answers = [await lin.post(f"/api/requests/{number}/attachments", files={"files": one}, headers=KEY) for one in sent]

    assert [answer.status_code for answer in answers] == [201, 201, 422, 422]


async def _filed(visit: Visit, key: str, **words: str) -> str:
    answer = await visit.post("/new", service="expenses", **words, _key=key)
    return answer.headers.get("location", answer.text)


async def test_a_form_sent_again_with_other_words_leads_to_the_first_and_can_be_sent_anew(site: Site) -> None:
    lin = await site.browser("lin", **{"accept-language": "en"})
    await lin.get("/new?service=expenses")
    key = lin.key

    first, page = [await _filed(lin, key, title=title, body="Why?") for title in ("BX-1107", "BX-1108")]
    again = await _filed(lin, lin.key, title="BX-1108", body="Why?")

    assert f'<a href="{first}">' in page
    assert 'value="BX-1108"' in page
    assert lin.key != key
    assert re.fullmatch(r"/requests/\d+", again)
    assert again != first


async def test_words_are_not_kept_a_second_time(site: Site, superuser: asyncpg.Connection) -> None:
    lin = await site.program("lin")
    await lin.post("/api/requests", json=NEW, headers=KEY)

    (row,) = await superuser.fetch("select * from submissions")

    assert re.fullmatch(r"[0-9a-f]{64}", row["digest"])
    assert row["digest"] not in (NEW["title"], NEW["body"])


async def test_keys_are_forgotten_after_thirty_days(site: Site) -> None:
    lin = await site.program("lin")
    for key, day in (("old", "2026-10-20 10:00"), ("young", "2026-10-22 10:00"), ("fresh", "2026-11-20 10:00")):
        site.firm.clock_says(day)
        await lin.post("/api/requests", json=NEW, headers={"idempotency-key": key})

    await jobs.forget_keys()

    assert len(await site.firm.rows(site.firm.lin, "select from submissions")) == 2


async def test_the_worker_forgets_keys_once_an_hour() -> None:
    (tidy,) = [one for one in worker(RedisSettings()).cron_jobs if one.coroutine is tidying]

    assert (tidy.minute, tidy.hour) == (17, None)
