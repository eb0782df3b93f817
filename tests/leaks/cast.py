"""Who walks through the desk without the right to read what is hidden there; and who hides it.

The small firm of tests/firm.py, and: 罗 is a member of finance, 方 a handler there whose programs reach less, 周 and 靳 are handlers
who are recused, 岳 leads operations, 高 stands above 钱, 樊 audits, 莫 held a grant, 苏 has left. 陶 asks for what is hidden; 吴 and 邓
serve in finance, 韩 in human resources, 宁 in the studio.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from desk import clock, db
from desk.catalog import actions as catalog
from desk.catalog.actions import Draft, RuleDraft
from desk.directory import actions as directory
from desk.directory.actions import NewPerson
from desk.sla.actions import calendars
from desk.sla.rules import format as formats
from desk.sla.rules.days import USUAL
from desk.sla.rules.sheet import Version
from desk.sla.rules.targets import SameDay
from tests import firm as small
from tests.firm import WEEK, Firm

HIRED = {  # login -> (name, department, level)
    "luo": ("罗文", "finance", 2),
    "deng": ("邓宇", "finance", 3),
    "fang": ("方圆", "finance", 3),
    "jin": ("靳松", "hr", 3),
    "yu": ("岳宁", "operations", 2),
    "gao": ("高远", "legal", 2),
    "fan": ("樊清", "legal", 2),
    "mo": ("莫言", "legal", 2),
    "su": ("苏青", "legal", 2),
    "tao": ("陶然", "studio", 2),
    "ning": ("宁波", "studio", 3),
}


@dataclass(frozen=True)
class Reader:
    """A class of readers, played by one person. `cap`: a program with a token that reaches this tier, and no browser."""

    words: str
    login: str
    cap: int = 4
    laws: tuple[str, ...] = ("N1", "N2", "N3", "N4")
    told: str = ""  # in addresses of what tells this reader of hidden things by right: an auditor reads who has viewed

    def is_told(self, path: str) -> bool:
        return bool(self.told) and self.told in path

    @property
    def name(self) -> str:
        return self.login if self.cap == 4 else f"{self.login}/{self.cap}"


READERS = {
    one.name: one
    for one in (
        Reader("who asks for other things", "lin"),
        Reader("the requester's colleague", "meng"),
        Reader("the requester's head", "yu"),
        Reader("a member of the serving department", "luo"),
        Reader("an employee elsewhere", "zhao"),
        Reader("the administrator", "admin"),
        Reader("an auditor", "fan", told="/viewed/"),
        Reader("a guest", "guest"),
        Reader("who held a grant", "mo"),
        Reader("a recused handler of the serving department", "zhou"),
        Reader("a recused handler of the department that owns it", "jin"),
        Reader("who has left", "su"),
        # who hears that something is late, and of which department, learns by it that something is there (N3)
        Reader("to whom it climbs", "gao", laws=("N1", "N2", "N4")),
        Reader("a program that reaches open words", "fang", 0),
        Reader("a program that reaches internal words", "fang", 1),
        Reader("a program that reaches the department's words", "fang", 2),
    )
}
RECUSED = ("zhou", "jin")


async def cast(time: Any) -> Firm:
    """The firm with everybody in it, founded in two transactions of the operator's."""
    firm = await small.found(time)
    async with db.acting_as(db.NOBODY):
        studio = await directory.add_department("studio", "设计部", "Studio")
        await calendars.save(studio, Version(calendar=formats.parse(WEEK), cutoff=USUAL))
        firm.departments["studio"] = studio
        for login, (name, department, level) in HIRED.items():
            new = NewPerson(
                login=login, name=name, email=f"{login}@example.cn", department=firm.departments[department]
            )
            firm.people[login] = db.Reader(await directory.add_person(new))
            if level == 3:
                await directory.set_level(firm.people[login].person or 0, firm.departments[department], 3)
        await directory.set_head(firm.operations, firm.yu.person)
        await directory.set_head(firm.hr, firm.han.person)
        await directory.set_role(firm.fan.person, "auditor", held=True)
        for one, superior in (("wu", "qian"), ("deng", "qian"), ("qian", "gao"), ("han", "gao"), ("ning", "gao")):
            await directory.set_superior(firm.people[one].person or 0, firm.people[superior].person)
        targets = {"reply": SameDay(), "resolution": SameDay(extra_days=2)}
        shut = {"tier": 3, "tier_reason": "negotiation"}
        await catalog.add_service(
            "drafts", Draft(department="studio", name_zh="底稿", name_en="Drafts", **shut, **targets)
        )
        await catalog.add_service(
            "badge", Draft(department="hr", name_zh="门禁卡", name_en="A badge", tier=0, **targets)
        )
        await catalog.add_service("desks", Draft(department="hr", name_zh="工位", name_en="A desk", **targets))
        # so that who has least to do is one of two who may read what is hidden
        away = {"since": clock.now(), "until": clock.now() + timedelta(days=9)}
        await directory.set_absence(firm.zhou.person or 0, None, **away)
        await catalog.add_rule(RuleDraft(service="anything", department="finance", least=True))
    return firm
