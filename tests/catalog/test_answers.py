import pytest

from desk.catalog.rules.answers import read_fields, shown
from desk.i18n import Invalid
from tests.catalog.forms import EXPENSES

TYPED = {"what": "去成都的车票", "amount": "2,386.5"}


def fault(**typed: object) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        read_fields(EXPENSES, TYPED | typed)
    return {name: sentence.key for name, sentence in refusal.value.faults.items()}


def test_money_becomes_whole_cents():
    assert read_fields(EXPENSES, TYPED) == {"what": "去成都的车票", "amount": 238650}


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("12", 1200), ("¥0.07", 7), ("1,234,567.89元", 123456789), ("１２．５", 1250), (2386.5, 238650)],
)
def test_money_is_read_as_people_write_it(typed: object, cents: int):
    assert read_fields(EXPENSES, TYPED | {"amount": typed})["amount"] == cents


@pytest.mark.parametrize("typed", ["-0.50", "-5", "0", "0.00", -5])
def test_money_is_more_than_nothing(typed: object):
    assert fault(amount=typed) == {"fields.amount": "catalog.money_more_than_nothing"}


@pytest.mark.parametrize("typed", ["两千多", "1,2", "1.234", "1e3", 1e300, float("nan"), "--5"])
def test_what_is_no_amount_is_refused(typed: object):
    assert fault(amount=typed) == {"fields.amount": "catalog.money"}


def test_every_question_at_fault_has_its_sentence():
    wrong = fault(what="", people="三个", spent_on="2026-02-30", kind="food", advance="maybe", approver="a b")
    assert wrong == {
        "fields.what": "catalog.answer_needed",
        "fields.people": "catalog.whole_number",
        "fields.spent_on": "catalog.date",
        "fields.kind": "catalog.choice",
        "fields.advance": "catalog.yes_or_no",
        "fields.approver": "catalog.person",
    }


def test_a_form_sends_lists_and_the_api_sends_values():
    sent = {"what": ["车票"], "amount": ["3"], "people": 2, "advance": True, "kind": ["travel"], "approver": "Wu"}
    assert read_fields(EXPENSES, sent) == {
        "what": "车票",
        "amount": 300,
        "people": 2,
        "advance": True,
        "kind": "travel",
        "approver": "wu",
    }


def test_a_question_nobody_asked_is_refused():
    assert fault(salary="1") == {"fields.salary": "catalog.no_such_field"}


@pytest.mark.parametrize("typed", [["a", "b"], {"a": 1}, [["a", "b"]]])
def test_one_question_takes_one_answer(typed: object):
    assert fault(what=typed) == {"fields.what": "catalog.one_value"}


def test_a_line_is_one_line_of_at_most_200_characters():
    assert fault(what="a\nb") == {"fields.what": "catalog.one_line"}
    assert fault(what="长" * 201) == {"fields.what": "catalog.too_long"}


def test_answers_are_shown_in_the_readers_language():
    fields = {field.name: field for field in EXPENSES}
    assert shown(fields["amount"], 123456789, "zh-CN") == "¥1,234,567.89"
    assert shown(fields["kind"], "travel", "zh-CN") == "差旅"
    assert shown(fields["advance"], False, "en") == "No"
    assert shown(fields["kind"], "no longer offered", "en") == "no longer offered"


def test_a_list_in_a_list_is_not_one_answer():
    nested: list[object] = ["12"]
    for _ in range(900):
        nested = [nested]

    assert fault(amount=[["12"]]) == fault(amount=nested) == {"fields.amount": "catalog.one_value"}
