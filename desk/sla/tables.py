"""Calendars and the ledger of promises; why a due time is what it is follows from what stands here."""

from piccolo.columns import JSONB
from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import (
    big,
    day,
    flag,
    instant,
    instants,
    integer,
    integers,
    locks,
    refers,
    row_id,
    short,
    small,
    words,
)
from desk.directory.tables import Department, Person


class Calendar(Table, tablename="calendars", db=ENGINE):
    """A version of a department's calendar; never changed, only followed by the next."""

    department = refers(Department)
    version = integer()
    definition = JSONB(default="{}")  # the format of rules/calendar
    cutoff = JSONB(default="{}")  # {}, {"wall": "16:00"} or {"before_close_s": 7200}
    official_until = day(null=True)
    zone_data = short(16)  # the IANA version it was checked with
    made_at = instant()
    made_by = refers(Person, null=True)


class CalendarDay(Table, tablename="calendar_days", db=ENGINE):
    """A day (UTC) of a calendar version, for sums over many promises: Python lays it out, SQL only adds."""

    calendar = refers(Calendar)
    day = integer()  # days since 1970
    before = integer()  # business seconds of the days before it
    from1 = integer()  # seconds since the day's beginning; a span that is not there is empty
    to1 = integer()
    from2 = integer()
    to2 = integer()
    from3 = integer()
    to3 = integer()
    more = integers()  # from, to, from, to … of all spans after the third


class OlaTarget(Table, tablename="ola_targets", db=ENGINE):
    """What one department promises another that asks it; without one, the same day. Never changed, only followed."""

    asking = refers(Department)
    asked = refers(Department)
    target = JSONB(default="{}")
    made_at = instant()
    made_by = refers(Person, null=True)
    ended_at = instant(null=True)


class Policy(Table, tablename="policies", db=ENGINE):
    """One line of the policies: what it asks of a request, and the targets that it gives. The first that matches wins.

    Never changed, only moved, ended and followed by a new one: promises name the line that gave them.
    """

    position = integer()
    name_zh = short(120)
    name_en = short(120)
    service = integer(null=True)  # of the catalogue, which stands above this package
    priority = short(12, null=True)  # routine, critical
    department = refers(Department, null=True)  # the requester's
    critical = flag(False)  # asks that the requester holds a critical role
    reply = JSONB(null=True, default=None)  # null: the service's own
    resolution = JSONB(null=True, default=None)
    made_at = instant()
    made_by = refers(Person, null=True)
    ended_at = instant(null=True)


class Promise(Table, tablename="promises", db=ENGINE):
    """What, from whom, to whom, by when."""

    id = row_id()
    token = short(24)
    ticket = big()
    of_update = big(null=True)  # the reply that gave the word
    kind = short(16)
    department = refers(Department)
    person = refers(Person, null=True)
    promisee = refers(Person)
    what = words(null=True)  # the words of an expectation
    target = JSONB(default="{}")
    calendar = refers(Calendar)
    policy = refers(Policy, null=True)  # the line that gave it; null: the service's own target
    started_at = instant()
    due_at = instant()
    breaks_at = instant()  # the first instant that counts as late: closed time after a used-up budget does not
    thresholds = instants()  # when 50, 75, 100 (breaks_at) and 150 % are used up as things stand
    size = integer(null=True)  # business seconds of the target; null: its clock was last written before there was this
    used = integer(null=True)  # of them used up at `runs_on`
    runs_on = instant(null=True)  # from when the clock runs on; null: it has stopped, or only an answer can wake it
    level = small(default=0)  # how many of these have fired
    next_threshold_at = instant(null=True)  # the next of them, or the end of a pause
    at_risk = flag(False)
    state = short(12)  # open, paused, kept, broken, withdrawn
    failed_in = integer(null=True)  # the department that owed it when it failed first; it may have gone elsewhere since
    reopened_at = instant(null=True)  # when it failed by that, kept until then
    renewal_at = instant(null=True)  # to when its giver asks to move it; null: nothing is asked
    settled_at = instant(null=True)  # null: still owed, also when broken
    audience = locks()


class Escalation(Table, tablename="escalations", db=ENGINE):
    """Who heard of a promise at which level; nobody where a level is unfilled. Never skipped, never merged.

    Ticket and department are the promise's, and the recipient stands in the line: the sweep copies them, no key of
    their own holds them.
    """

    id = row_id()
    token = short(24)
    promise = refers(Promise)
    ticket = big()
    item = short()
    department = refers(Department)
    level = small()  # 1 the owner, 2 the superior, 3 and 4 theirs
    at = instant()  # when the share was used up
    fired_at = instant()  # when it was noticed
    recipient = refers(Person, null=True)
    via = short(12)  # direct, deputy, unfilled, top
    cause = short(16, null=True)  # in one of a few words (rules/escalation.Cause); null: from before there were these
    reason = words(null=True)  # what the level before says: why, and what comes next
    reason_by = refers(Person, null=True)
    reason_at = instant(null=True)
    audience = locks()


class PromiseEvent(Table, tablename="promise_events", db=ENGINE):
    """Append-only; a due time is a pure function of these, the target and the calendar version."""

    id = row_id()
    promise = refers(Promise)
    ticket = big()
    item = short()  # what a grant names: ticket:17 or update:9001
    at = instant()
    # opened, retargeted, paused, resumed, broken, kept, stopped (late), withdrawn, reopened,
    # renewal_asked, renewed, renewal_refused
    kind = short(16)
    by = refers(Person, null=True)
    reason = short(32, null=True)
    data = JSONB(default="{}")
    audience = locks()


class Forecast(Table, tablename="forecasts", db=ENGINE):
    """What became of promises, in cells: neither words nor names nor a request. One a day; it stays as it was made."""

    id = row_id()
    day = day()  # of the desk's zone
    made_at = instant()
    mode = short(12)  # pooled, on, few, no_skill
    closed = integer()  # requests that it learnt from
    late = integer()
    coefficients = JSONB(default="{}")  # by name and value; {} where there is no model
    tested = JSONB(default="{}")  # on the last four weeks; model and line: n, late, brier, skill; tenths: calibration
    cells = JSONB(default="[]")
    loads = JSONB(default="{}")  # by department: 0 calm, 1 busy, 2 very busy; anew each hour
