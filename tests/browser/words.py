"""What the people of the story say in each language, and what the desk is to answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    language: str
    looks_for: str
    service: str
    title: str
    asks: str
    half: str  # what is being typed while the answer arrives
    promised: str
    because: tuple[str, ...]
    notes: str
    replies: str
    expects: str
    expected: str
    outcome: str


CHINESE = Words(
    language="zh-CN",
    looks_for="报销",
    service="费用报销",
    title="打车发票没有抬头，还能报销吗",
    asks="周三去客户那里打车，86元，发票上没有公司抬头，请问怎么办？",
    half="另外，",
    promised="今天18:00前答复",
    because=("09:30", "16:00", "18:00"),
    notes="同一位司机这个月第三次开错，先看看是不是同一家公司。",
    replies="可以报销，我先和平台核对发票号。",
    expects="核对的结果",
    expected="今天17:30前答复：核对的结果",
    outcome="86元已审核通过，随周五批次到账。",
)
ENGLISH = Words(
    language="en",
    looks_for="expens",
    service="Expenses",
    title="A taxi receipt without the company's name",
    asks="Wednesday's taxi to the customer, 86 yuan. The receipt does not name the company. What now?",
    half="And then ",
    promised="Answer by today 18:00",
    because=("09:30", "16:00", "18:00"),
    notes="The third wrong one of this driver; let us first see whether it is the same firm.",
    replies="It can be claimed. I am checking the number with the platform.",
    expects="whether the number is right",
    expected="By today 17:30: whether the number is right",
    outcome="The 86 yuan are approved and come with Friday's batch.",
)
