"""One morning's work in the shapes that the templates name."""

from datetime import UTC, datetime
from typing import Any

from desk.web import NavEntry, Viewer, forms
from tests.web.shapes import (
    Asked,
    Choice,
    Composer,
    Correction,
    Day,
    Event,
    Find,
    Given,
    Line,
    Marker,
    Mine,
    Move,
    Owed,
    Panel,
    Question,
    Request,
    Row,
    Service,
    Told,
    ToSign,
    Waiting,
    Work,
)

NOW = datetime(2026, 11, 20, 6, 50, tzinfo=UTC)  # 14:50 in Shanghai


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


TIERS = [
    (0, "在职的每个人和受邀访客"),
    (1, "每位员工"),
    (2, "提出人和相关部门的成员"),
    (3, "只有负责部门的经办人和主管"),
]
REASONS = [("pay_and_appraisal", "薪酬与考核"), ("personal_data", "个人信息")]
FINDS = [
    Find(
        "/new?service=expenses",
        "receipt",
        "报销",
        "财务部 · 差旅、办公、招待的发票；不含借款",
        "当天答复",
        "2个工作日办结",
    ),
    Find("/new?service=advance", "calendar-clock", "借款与预支", "财务部 · 出差前预支", "当天答复", "1个工作日办结"),
]
HIDDEN = Marker(
    3,
    "人力资源部 · 11月19日",
    "这里有您无权查看的内容。原因是薪酬与考核，只有人力资源部的经办人可以看。最迟2027年2月17日公开。",
    "/new",
)
LIN = Viewer(
    name="林晓雯",
    login="lin",
    language="zh-CN",
    theme="auto",
    zone="Asia/Shanghai",
    role="运营部",
    nav=(
        NavEntry(key="m", href="/", icon="house", label="我的", current=True),
        NavEntry(key="d", href="/desk", icon="inbox", label="工作台", count="14"),
        NavEntry(key="a", href="/admin", icon="settings", label="管理"),
    ),
)


def home() -> dict[str, Any]:
    return {
        "q": "",
        "finds": [],
        "usual": FINDS,
        "own_words": "/new?service=anything",
        "to_sign": TO_SIGN,
        "sign_lately": "",
        "waiting": [
            Waiting(
                2050, "工位调整到3层东区", "行政部说已办好，请您验收；不说话的话，11月26日起算作验收", "acceptance"
            ),
            Waiting(2061, "换一把高度合适的椅子", "行政部问：要黑色还是灰色？", "question"),
            Waiting(
                2088, "会议室投影没有声音", "周敏请您同意改到明天9:00", "renewal", "w-1", "2026-11-21T09:00:00+08:00"
            ),
        ],
        "mine": [
            Mine(
                2081,
                "报销单BX-1107被退回",
                "吴桐",
                "财务部 · 报销",
                "running",
                "今天17:00前给重审结果",
                "还剩2小时10分",
                63,
            ),
            Mine(2088, "会议室投影没有声音", "周敏", "信息部 · 设备", "near", "今天15:20前到现场", "还剩30分", 91),
            Mine(
                2069,
                "办理购房用收入证明",
                "何苗",
                "人力资源部 · 证明",
                "broken",
                "昨天18:00前盖章",
                "已晚4小时50分",
                100,
            ),
            Mine(2061, "换一把高度合适的椅子", "孙宁", "行政部 · 办公用品", "paused", "下周二办结", "等您选颜色", 40),
            Mine(2043, "Printer jam", "", "信息部 · 设备", "kept", "昨天首次答复", "", 100),
        ],
        "mine_count": 5,
        "all_url": "/queue?mine=1",
        "to_me": [
            Given(2088, at(20, 15, 20), "周敏到会议室看投影"),
            Given(2061, at(24, 18, 0), "孙宁送来新椅子", True),
        ],
        "by_me": [Given(2100, at(20, 16, 0), "给市场部寄活动物料清单")],
    }


def new() -> dict[str, Any]:
    service = Service(
        "expenses",
        "报销",
        "财务部",
        "差旅、办公、招待发票",
        "借款、预支",
        ["发票照片", "事由"],
        "今天18:00前答复您",
        "11月24日（周二）18:00前办结",
        ["现在14:50，早于财务部的截止点16:00，算今天。", "当天答复：今天收工18:00前。"],
        "吴桐、陈曦",
    )
    questions = [
        Question("fields.kind", "choice", "费用类别", options=[("travel", "差旅"), ("office", "办公用品")]),
        Question("fields.amount", "money", "金额（元）"),
        Question("fields.why", "long", "事由", "超过500元的餐费，请写明客户和人数"),
        Question("fields.when", "date", "费用日期", need=False),
        Question("fields.invoice", "yes_no", "发票齐了吗"),
        Question("fields.payee", "person", "收款人", "登录名", need=False),
    ]
    return {
        "service": service,
        "q": "",
        "finds": [],
        "own_words": "/new?service=anything",
        "groups": [("财务部", FINDS)],
        "form": forms.blank(tier="1"),
        "questions": questions,
        "tiers": TIERS,
        "tier": 1,
        "readers": "能看到的有132人。",
        "reasons": REASONS,
        "on_behalf": True,
        "max_bytes": 25 * 1024 * 1024,
        "max_count": 10,
        "size": "25 MB",
    }


def timeline() -> list[Any]:
    wrong = "退回是因为缺“招待事由”。交通和住宿部分已付款，会和餐费一起付。"
    right = Correction(
        "吴桐", at(20, 11, 30), "我说错了", "退回是因为缺“招待事由”。交通和住宿部分尚未付款，会和餐费一起付。"
    )
    return [
        Day("11月19日 星期四"),
        Line(
            "t1",
            "林晓雯",
            "运营部",
            at(19, 14, 6),
            "报销单BX-1107今天被退回，没有写原因。\n\n想知道缺什么？",
            files=(("/files/x", "发票.pdf", 1_234_567),),
        ),
        Event("handshake", "财务部的吴桐受理了这件请求。", at(19, 14, 15)),
        Line(
            "t2",
            "吴桐",
            "财务部",
            at(19, 14, 31),
            wrong,
            corrections=(right,),
            given="首次答复：答应当天18:00前，已守",
            given_kept=True,
        ),
        HIDDEN,
        Day("11月20日 今天"),
        Line(
            "t3",
            "吴桐",
            "财务部",
            at(20, 10, 5),
            "今天17:00前告诉您结果。",
            correct="/requests/2081?correct=t3#line-t3",
            given="答应：今天17:00前给重审结果",
        ),
        Line("t4", "钱立群", "财务部主管", at(20, 13, 20), "餐费人均没有超标。", tier=2, tier_dept="财务部", note=True),
    ]


def show(*, handler: bool = True) -> dict[str, Any]:
    kinds = [("reply", "回复"), ("note", "备注"), ("ask", "签批·协办")] if handler else [("message", "回复")]
    asks = {"take", "handover", "assign", "answer", "resolve", "decline", "watch"}
    composer = Composer(
        forms.blank(tier="1", word="until", expectation="2026-11-20T17:00"),
        kinds,
        "林晓雯",
        TIERS,
        REASONS,
        handler,
        [("sign:head", "签批：承办部门主管"), ("department:legal", "协办：法务部")] if handler else [],
    )
    why = ["林晓雯09:12来信，在截止点16:00之前，算今天。", "财务部当天答复，标准是今天18:00前。"]
    return {
        "r": Request(
            2081,
            "mark",
            "报销单BX-1107被退回",
            1,
            "",
            "open",
            "在办",
            "林晓雯",
            "运营部",
            "" if handler else "吴桐",
            "财务部",
            "报销",
            "",
            [("费用类别", "差旅"), ("金额", "2,386.50元")],
            False,
        ),
        "may": asks if handler else {"accept", "notyet", "withdraw", "watch"},
        "timeline": timeline(),
        "promise": Panel(
            "林晓雯", "后续答复", "running", "今天17:00前给重审结果", "还剩2小时10分", 63, why, "财务部日历第3版"
        ),
        "promises": [Told("首次答复", "kept", "昨天18:00前", "用了25分")],
        "moves": [
            Move(
                "w-1", "offered" if handler else "yours", "今天17:00前给重审结果", "", "2026-11-23T12:00:00+08:00", True
            ),
            Move("w_2", "asked", "吴桐请林晓雯同意改到明天12:00，还没有回话。"),
        ],
        "asked": ASKED if handler else [],
        "foreseen": "办结：与此相似的40件中，12件晚了（同一服务、用时相当）。",
        "question": None,
        "outcome": "" if handler else "已付款，周四到账。",
        "hands": [("财务部", "5小时54分"), ("林晓雯", "18小时41分"), ("无人", "9分")],
        "hands_total": "24小时44分",
        "composer": composer,
        "act": "",
        "act_form": forms.blank(),
        "correcting": "",
        "untouched": forms.blank(),
        "departments": [("it", "信息部"), ("hr", "人力资源部")],
        "colleagues": [("chen", "陈曦")],
    }


def desk() -> dict[str, Any]:
    return {
        "headline": "今天答应了3件事，1件已经失约",
        "department": "财务部",
        "today": [
            Work(2074, "付款回单要盖章", "郑楠 · 采购部", "broken", "晚1小时05分", "答应13:45前盖好"),
            Work(2090, "供应商账户变更", "张珂 · 采购部", "near", "35分", "答应15:25前核对完", critical=True),
            Work(2081, "报销单BX-1107被退回", "林晓雯 · 运营部", "running", "2小时10分", "答应17:00前给重审结果"),
        ],
        "first": [
            Work(
                2093,
                "Invoice needed in English",
                "Daniel Weiss · 海外业务部",
                "running",
                "3小时10分",
                "当天答复，18:00前",
                take=True,
            )
        ],
        "later": [Work(2079, "三季度项目成本分摊", "赵一鸣 · 运营部", "running", "3天", "周一12:00前")],
        "to_sign": TO_SIGN,
        "sign_lately": "近30天签了8件，当场5件",
        "first_note": "都要在今天18:00前",
        "letters": "2",
        "queue_count": "14",
        "markers": [HIDDEN],
    }


def queue() -> dict[str, Any]:
    row = Row(
        2090,
        "供应商账户变更，客户催着要新的一张，原票已经寄回来了",
        "near",
        "临近",
        2,
        "张珂 · 采购部",
        "供应商资料",
        "今天15:25",
        "2026-11-20T15:25:00+08:00",
        "2026年11月20日15:25:00",
    )
    waiting = Row(2066, "收款账户信息不全", "paused", "暂停", 1, "白露 · 内容部", "付款", "等提出人", "", "")
    return {
        "filter": forms.blank(state="open"),
        "states": [("", "全部"), ("open", "在办")],
        "departments": [("", "我的部门"), ("finance", "财务部")],
        "handlers": [("", "所有人"), ("me", "我"), ("none", "还没有人")],
        "rows": [row, waiting] * 4,
        "by_due": True,
        "next": "/queue?after=abc",
        "first": "/queue",
        "markers": [HIDDEN],
    }


def promises() -> dict[str, Any]:
    lines = [
        Owed(2069, "办理购房用收入证明", "何苗 · 人力资源部答应您", "broken", "昨天18:00前盖章", "已晚4小时50分", 100),
        Owed(
            2081,
            "报销单BX-1107被退回",
            "吴桐 · 财务部答应您",
            "running",
            "今天17:00前给重审结果",
            "还剩2小时10分",
            63,
            2,
            "请求改到明天12:00",
        ),
    ]
    return {
        "tabs": [Choice("/promises?of=by_me", "我答应的"), Choice("/promises?of=to_me", "答应我的", True)],
        "shows": [Choice("/promises?of=to_me", "全部", True), Choice("/promises?of=to_me&show=today", "今天到期")],
        "lines": lines,
        "here": "/promises?of=to_me",
        "nothing": "没有未了的承诺",
        "hint": "您提出请求，同事答应的时间就会记在这里。",
        "back": ("/", "我的"),
        "next": "/promises?of=to_me&after=abc",
        "first": "",
    }


ASKED = [
    Asked(
        "s-1", "吴桐请您签批", "尾款36,800元，请签批。", Told("签批", "running", "今天16:45前签批", "还剩2小时"), "sign"
    ),
    Asked("s-2", "已请法务部", "第7条有效吗？", Told("协办", "paused", "今天18:00前答复协办", ""), recall=True),
]
TO_SIGN = [ToSign(2051, "会展搭建尾款", "s-1", "吴桐请签 · 宋佳 · 运营部", "running", "2小时", "今天16:45前签批")]
NOTHING = {"to_sign": [], "waiting": [], "mine": [], "mine_count": 0, "to_me": [], "by_me": [], "usual": []}
ENDED = {"asked": [], "promise": None, "promises": [], "moves": [], "composer": None, "may": set()}
PAGES = {
    "/home": ("tickets/home.html", home),
    "/home-typing": ("tickets/home.html", lambda: home() | {"q": "报销", "finds": FINDS}),
    "/home-empty": ("tickets/home.html", lambda: home() | NOTHING),
    "/new": ("tickets/new.html", new),
    "/new-choose": ("tickets/new.html", lambda: new() | {"service": None, "q": "报销", "finds": FINDS}),
    "/new-faults": ("tickets/new.html", lambda: new() | {"form": faulty()}),
    "/show": ("tickets/show.html", show),
    "/show-requester": ("tickets/show.html", lambda: show(handler=False)),
    "/show-ended": ("tickets/show.html", lambda: show(handler=False) | ENDED),
    "/show-refused": ("tickets/show.html", lambda: show() | {"act": "handover", "act_form": faulty()}),
    "/promises": ("tickets/promises.html", promises),
    "/promises-empty": ("tickets/promises.html", lambda: promises() | {"lines": [], "next": ""}),
    "/desk": ("tickets/desk.html", desk),
    "/desk-empty": ("tickets/desk.html", lambda: desk() | {"today": [], "first": [], "later": [], "markers": []}),
    "/queue": ("tickets/queue.html", queue),
    "/queue-empty": ("tickets/queue.html", lambda: queue() | {"rows": [], "markers": [], "next": "", "first": ""}),
}


def faulty() -> forms.Form:
    faults = {
        "title": "请填写这一项",
        "fields.amount": "请填数字，例如2386.50",
        "reason": "请填写这一项",
        "tier": "请从列出的选项里选一个",
    }
    typed = {"fields.amount": ["两千多"], "tier": ["3"], "department": ["it"], "fields.invoice": ["yes"]}
    return forms.Form(key="0123456789abcdef", typed=typed, faults=faults)
