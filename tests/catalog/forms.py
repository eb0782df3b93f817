"""Services and questions as tests write them."""

from desk.catalog.rules.service import Choice, Field, Kind, Service
from desk.sla.rules.targets import SameDay

CHOICES = (Choice("travel", "差旅", "Travel"), Choice("office", "办公用品", "Office"))
EXPENSES = (
    Field(name="what", kind=Kind.TEXT, label_zh="报销什么", label_en="What for"),
    Field(name="why", kind=Kind.LONG, label_zh="事由", label_en="Reason", required=False),
    Field(name="people", kind=Kind.NUMBER, label_zh="人数", label_en="People", required=False),
    Field(name="amount", kind=Kind.MONEY, label_zh="金额", label_en="Amount"),
    Field(name="spent_on", kind=Kind.DATE, label_zh="日期", label_en="Date", required=False),
    Field(name="kind", kind=Kind.CHOICE, label_zh="类别", label_en="Kind", choices=CHOICES, required=False),
    Field(name="advance", kind=Kind.YES_NO, label_zh="预支过", label_en="Advance", required=False),
    Field(name="approver", kind=Kind.PERSON, label_zh="谁同意的", label_en="Approved by", required=False),
)


def service(id: int = 1, *, department: int = 10, fields: tuple[Field, ...] = (), **words: str) -> Service:
    facts = dict.fromkeys(Service.__struct_fields__[2:], "") | {"code": f"service-{id}", "position": id}
    facts |= {
        "tier": 1,
        "tier_reason": None,
        "reply": SameDay(),
        "resolution": SameDay(),
        "catch_all": False,
        "retired": False,
    }
    return Service(**facts | words | {"id": id, "department": department, "fields": fields})
