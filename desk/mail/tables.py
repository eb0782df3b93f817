"""Letters as they came, before anybody understands them: committed first, acknowledged to the sender's server after."""

from piccolo.columns import Array, Bytea, Text
from piccolo.table import Table

from desk.db import ENGINE
from desk.db.columns import big, instant, integer, locks, row_id, short, small, words


class Letter(Table, tablename="letters", db=ENGINE):
    """kept -> done; held until a person decides; dead after the last try. `outcome`, `ticket` and `of_update` name what
    it became, `fault` why it did not.
    """

    id = row_id()
    token = short(32, default="")  # what pages call it; the database makes it
    channel = short()  # smtp, lmtp, drop, imap:host/user/folder
    uidvalidity = big(null=True)  # of an IMAP folder; with uid unique in its channel
    uid = big(null=True)
    sender = short(320, null=True)  # MAIL FROM; empty: the null path; null: the channel knows none
    recipients = Array(base_column=Text(default=None), default=list)  # RCPT TO, or the mailbox
    content = Bytea(default=None)
    at = instant()  # when it was kept
    author = short(320, null=True)  # From, which is a claim
    taken_by = integer(null=True)  # the handler who files it on behalf of whoever wrote it
    state = short(8)
    tries = small(default=0)
    next_at = instant()
    fault = words(null=True)  # reason and places, never words of the letter
    message_id = words(null=True)  # as read, or made of the bytes
    digest = short(64, null=True)  # of what is below the headers
    said = short(64, null=True)  # of its new words: robots repeat themselves
    twin = big(null=True)  # the same letter, which came before
    outcome = short(16, null=True)
    ticket = big(null=True)
    of_update = big(null=True)
    audience = locks()  # nobody's until it has become words of a request


class Channel(Table, tablename="channels", db=ENGINE):
    """How a way in which letters arrive is. The last two are of a mailbox's folder."""

    id = row_id()
    name = short()
    last_good_at = instant(null=True)
    fault = short(16, null=True)  # since then
    uidvalidity = big(null=True)
    last_uid = big(null=True)
