"""What a person is told. A notice names what it is about; its words are made when it is read."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, instant, locks, refers, row_id, short
from desk.directory.tables import Person


class Notice(Table, tablename="notices", db=ENGINE):
    id = row_id()
    person = refers(Person)
    entry = big()
    ticket = big(null=True)  # null: of something that its recipient may not read, or is asked to agree to
    subject = short()  # ticket:17, update:9001; escalation:5, countersign:5, unusual:5, department:4 without a ticket
    tag = short()
    at = instant()
    read_at = instant(null=True)
    audience = locks()
