"""Who works in the demo firm, where, and under whom."""

from datetime import datetime, timedelta

from msgspec import structs

from desk import clock
from desk.accounts.actions import hashing
from desk.accounts.actions.passwords import store_password
from desk.directory import actions as directory
from desk.directory.actions import NewPerson
from desk.sla.actions import calendars
from desk.sla.rules.outlook import usual
from desk.sla.rules.sheet import Version

DEPARTMENTS = {
    "finance": ("财务部", "Finance"),
    "it": ("信息部", "Information Technology"),
    "hr": ("人力资源部", "Human Resources"),
    "administration": ("行政部", "Administration"),
    "operations": ("运营部", "Operations"),
    "legal": ("法务部", "Legal"),
}
HEADS = {
    "finance": "qian",
    "it": "sun",
    "hr": "feng",
    "administration": "hu",
    "operations": "liang",
    "legal": "dong",
}
HANDLER = 3
ZONE = "Asia/Shanghai"
LONG_DAY = ((510, 720), (780, 1110))  # 08:30-12:00, 13:00-18:30: the help desk is there before and after the others
PEOPLE = (  # login, name, title, department, handles there, superior
    ("shen", "沈国栋", "总经理", "administration", False, None),
    ("qian", "钱立群", "财务总监", "finance", False, "shen"),
    ("wu", "吴桐", "费用会计", "finance", True, "qian"),
    ("zhou", "周敏", "出纳", "finance", True, "qian"),
    ("luo", "罗佳", "税务会计", "finance", True, "qian"),
    ("he", "何文静", "总账会计", "finance", False, "qian"),
    ("sun", "孙浩", "信息部经理", "it", False, "shen"),
    ("ma", "马骏", "桌面支持工程师", "it", True, "sun"),
    ("gao", "高翔", "网络工程师", "it", True, "sun"),
    ("xu", "许诺", "ERP顾问", "it", True, "sun"),
    ("tang", "唐薇", "开发工程师", "it", False, "sun"),
    ("admin", "安然", "系统管理员", "it", False, "sun"),
    ("feng", "冯岚", "人力资源总监", "hr", False, "shen"),
    ("han", "韩梅", "员工关系专员", "hr", True, "feng"),
    ("cao", "曹颖", "薪酬主管", "hr", True, "feng"),
    ("deng", "邓洁", "招聘专员", "hr", False, "feng"),
    ("hu", "胡丽", "行政经理", "administration", False, "shen"),
    ("guo", "郭强", "设施主管", "administration", True, "hu"),
    ("jiang", "姜云", "前台", "administration", True, "hu"),
    ("liang", "梁栋", "运营总监", "operations", False, "shen"),
    ("lin", "林晓雯", "客户运营", "operations", False, "liang"),
    ("meng", "孟凡", "活动运营", "operations", False, "liang"),
    ("xie", "谢雨", "内容运营", "operations", False, "liang"),
    ("song", "宋佳", "渠道经理", "operations", False, "liang"),
    ("daniel", "Daniel Weiss", "Overseas Business Manager", "operations", False, "liang"),
    ("emma", "Emma Roberts", "Account Manager, Europe", "operations", False, "daniel"),
    ("dong", "董倩", "法务总监", "legal", False, "shen"),
    ("ye", "叶舟", "合同法务", "legal", True, "dong"),
    ("zhao", "赵一鸣", "法务专员", "legal", False, "dong"),
    ("fan", "范宁", "内部审计", "legal", False, "shen"),
    ("guest", "Grace Liu", "External Auditor", "finance", False, None),
)
GUESTS = {"guest"}
ENGLISH = {"daniel", "emma", "guest"}
CRITICAL = ("he", "jiang")  # the books cannot close, and nobody is let in, while these two wait
ROLES = {"admin": "administrator", "fan": "auditor", "feng": "hr", "han": "hr"}


async def found(password: str) -> dict[str, int]:
    """The firm as it has stood for a year. Returns ids by login and by department's code."""
    since = clock.now() - timedelta(days=365)
    ids: dict[str, int] = {}
    for code, names in DEPARTMENTS.items():
        ids[code] = await directory.add_department(code, *names)
        await calendars.save(ids[code], _hours(code))
    hashed = await hashing.hashed(password)  # once: the slow hash would be most of the telling
    for login, name, title, department, handles, superior in PEOPLE:
        ids[login] = await directory.add_person(_person(login, name, title, ids[department]))
        await store_password(ids[login], hashed)
        if handles:
            await directory.set_level(ids[login], ids[department], HANDLER)
        if superior:
            await directory.set_superior(ids[login], ids[superior], since)
    await _appoint(ids, since)
    return ids


async def _appoint(ids: dict[str, int], since: datetime) -> None:
    for code, login in HEADS.items():
        await directory.set_head(ids[code], ids[login], since)
    for login, role in ROLES.items():
        await directory.set_role(ids[login], role, held=True)
    for login in CRITICAL:
        await directory.set_critical(ids[login], True)
    at = clock.now()
    await directory.set_absence(
        ids["han"], ids["cao"], since=at - timedelta(hours=20), until=at + timedelta(days=4)
    )  # fmt: skip


def _person(login: str, name: str, title: str, department: int) -> NewPerson:
    return NewPerson(
        login=login,
        name=name,
        email=f"{login}@example.cn",
        department=department,
        title=title,
        guest=login in GUESTS,
        language="en" if login in ENGLISH else None,
    )


def _hours(code: str) -> Version:
    """Public holidays and make-up days as published, also of the year in which the story begins."""
    version = usual(ZONE, (clock.now() - timedelta(days=45)).year)
    if code != "it":
        return version
    weekly = tuple(LONG_DAY if hours else () for hours in version.calendar.weekly)
    return structs.replace(version, calendar=structs.replace(version.calendar, weekly=weekly))
