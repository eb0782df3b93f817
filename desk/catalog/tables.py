"""What departments do for people: services, their forms, and who gets which request."""

from piccolo.columns import JSONB
from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import flag, integer, refers, short, small, words
from desk.directory.tables import Department, Person


class Service(Table, tablename="services", db=ENGINE):
    """One department is accountable for it: the column is one and not null."""

    code = short()
    position = integer()
    department = refers(Department)
    icon = short(32)
    name_zh = short(120)
    name_en = short(120)
    scope_zh = words()
    scope_en = words()
    excludes_zh = words()
    excludes_en = words()
    bring_zh = words()  # what to bring, one a line: 一次性告知
    bring_en = words()
    keywords = words()  # what people call it, both languages, separated by spaces
    tier = small(default=1)
    tier_reason = short(32, null=True)  # from tier 2 a portion needs one
    reply = JSONB(default="{}")  # target of the first and the next replies
    resolution = JSONB(default="{}")
    approvers = JSONB(default="[]")  # who signs before it is done, in order (rules/approvers)
    catch_all = flag(False)  # takes what matches nothing; exactly one
    retired = flag(False)


class Field(Table, tablename="fields", db=ENGINE):
    """One question of a service's form."""

    service = refers(Service)
    position = integer()
    name = short(40)
    kind = short(12)  # text, long, number, money, date, choice, yes_no, person
    label_zh = short(120)
    label_en = short(120)
    hint_zh = short(240)
    hint_en = short(240)
    choices = JSONB(default="[]")  # [{"value", "zh", "en"}]
    required = flag(True)


class RoutingRule(Table, tablename="routing_rules", db=ENGINE):
    """Ordered, first match wins; a null condition matches everything."""

    position = integer()
    service = refers(Service, null=True)
    from_department = refers(Department, null=True)
    field = short(40, null=True)
    equals = short(200, null=True)
    contains = short(200, null=True)  # in title or body, case folded
    department = refers(Department)
    handler = refers(Person, null=True)
    least = flag(False)  # the handler with the fewest open promises
    retired = flag(False)
