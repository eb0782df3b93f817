"""What can be found: one row for each portion. Its terms hold the locks too (migrations/sql/search.sql)."""

from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, instant, row_id, short


class SearchEntry(Table, tablename="search_entries", db=ENGINE):
    """`terms` and `reach` are columns of PostgreSQL's own kind: only the functions of the index read and write them."""

    id = row_id()
    portion = short()  # ticket:17 or update:9001
    ticket = big()
    at = instant()
