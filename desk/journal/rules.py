"""The closed list of what can happen. An entry holds ids and facts, never words."""

import hmac
from datetime import timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct


class Tag(StrEnum):
    REQUEST_FILED = "request_filed"
    REQUEST_TAKEN = "request_taken"
    REQUEST_ASSIGNED = "request_assigned"
    REQUEST_HANDED_OVER = "request_handed_over"
    MESSAGE_WRITTEN = "message_written"
    REPLY_WRITTEN = "reply_written"
    NOTE_WRITTEN = "note_written"
    QUESTION_ASKED = "question_asked"
    CORRECTION_WRITTEN = "correction_written"
    FILES_ATTACHED = "files_attached"  # to the request itself
    REQUEST_RESOLVED = "request_resolved"
    REQUEST_DECLINED = "request_declined"
    REQUEST_ACCEPTED = "request_accepted"
    ACCEPTANCE_LAPSED = "acceptance_lapsed"  # nobody objected for 5 business days
    REQUEST_NOT_YET = "request_not_yet"
    REQUEST_REOPENED = "request_reopened"
    REQUEST_WITHDRAWN = "request_withdrawn"
    REQUEST_WATCHED = "request_watched"
    REQUEST_UNWATCHED = "request_unwatched"
    PAUSE_LAPSED = "pause_lapsed"  # the cap of a pause was reached
    WORDS_OPENED = "words_opened"  # a term of confidentiality ended
    LABEL_RAISED = "label_raised"  # words are shut further than before
    LABEL_PROLONGED = "label_prolonged"
    LABEL_LOWERED = "label_lowered"
    LABEL_REFUSED = "label_refused"  # what somebody wished for a label, or of a recusal, and may not be
    COUNTERSIGN_ASKED = "countersign_asked"  # of a second person of another line
    COUNTERSIGN_REFUSED = "countersign_refused"
    CORE_AGREED = "core_agreed"
    SEAL_AGREED = "seal_agreed"
    SEAL_ENDED = "seal_ended"
    RECUSED = "recused"
    RECUSAL_ENDED = "recusal_ended"
    PROMISE_AT_RISK = "promise_at_risk"
    PROMISE_BROKEN = "promise_broken"
    ESCALATED = "escalated"  # a share of a promise's target is used up: one level more hears of it
    ESCALATION_EXPLAINED = "escalation_explained"
    DUE_MOVED = "due_moved"  # the calendar changed
    SIGN_OFF_ASKED = "sign_off_asked"
    SIGN_OFF_PASSED_ON = "sign_off_passed_on"  # to the next of the chain
    SIGNED = "signed"
    SIGN_OFF_REFUSED = "sign_off_refused"
    DEPARTMENT_ASKED = "department_asked"
    ASK_ANSWERED = "ask_answered"  # by the department that was asked, or by whoever was asked back
    ASKED_BACK = "asked_back"
    ASK_RECALLED = "ask_recalled"
    RENEWAL_ASKED = "renewal_asked"  # whoever gave a word wants to move it
    PROMISE_RENEWED = "promise_renewed"
    RENEWAL_REFUSED = "renewal_refused"
    RENEWED_AGAIN = "renewed_again"  # for the superior
    PRIORITY_SET = "priority_set"
    REQUEST_LINKED = "request_linked"  # about the link: for who reads both requests
    REQUEST_UNLINKED = "request_unlinked"
    CHILD_FILED = "child_filed"
    REQUEST_SPLIT = "request_split"
    REQUEST_FOLLOWED = "request_followed"  # too late to reopen: a new one goes on from it
    REQUEST_MERGED = "request_merged"
    REMOVAL_ASKED = "removal_asked"  # a second person is to decide
    WORDS_REMOVED = "words_removed"
    REMOVAL_REFUSED = "removal_refused"
    UNUSUAL_ACCESS = "unusual_access"  # for the head of the owner department
    ACCESS_GRANTED = "access_granted"
    ACCESS_REFUSED = "access_refused"
    EXTRACT_GIVEN = "extract_given"  # words written anew, declared as such
    GRANT_ENDED = "grant_ended"  # before its day
    GRANT_TRIED = "grant_tried"  # more than anybody may give, refused
    GLASS_ASKED = "glass_asked"
    GLASS_AGREED = "glass_agreed"  # by a second person, whether or not there is such a request
    GLASS_BROKEN = "glass_broken"  # the request is open now

    LETTERS_WAITING = "letters_waiting"  # the first of them: for who may decide about letters
    LETTER_DECIDED = "letter_decided"  # one that waited: replayed, taken on or set aside
    LETTER_AUTOMATIC = "letter_automatic"  # a machine's: it stands beside its request and changes nothing
    LETTER_BOUNCED = "letter_bounced"  # a report says that a letter of ours did not arrive
    LETTER_UNDELIVERED = "letter_undelivered"  # the requester's; for whoever handles the request
    ADDRESS_SUSPENDED = "address_suspended"  # it refused a letter for good
    ADDRESS_RETURNED = "address_returned"  # somebody says that it works again
    DIGEST_MADE = "digest_made"
    REPORT_TOLD = "report_told"  # of a department and a week, to its head

    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    PERSON_LEFT = "person_left"
    SUPERIOR_SET = "superior_set"
    HEAD_SET = "head_set"
    LEVEL_SET = "level_set"
    CLEARANCE_REFUSED = "clearance_refused"  # somebody wanted to let themselves in
    ROLE_SET = "role_set"
    CRITICAL_ROLE_SET = "critical_role_set"
    ABSENCE_SET = "absence_set"
    DEPARTMENT_ADDED = "department_added"
    DEPARTMENT_CHANGED = "department_changed"

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SESSION_ENDED = "session_ended"
    LINK_MADE = "link_made"
    PASSWORD_SET = "password_set"
    TOKEN_MADE = "token_made"
    TOKEN_ENDED = "token_ended"
    SETTINGS_CHANGED = "settings_changed"

    SERVICE_ADDED = "service_added"
    SERVICE_CHANGED = "service_changed"
    RULE_ADDED = "rule_added"
    RULE_CHANGED = "rule_changed"
    CALENDAR_CHANGED = "calendar_changed"
    OLA_AGREED = "ola_agreed"
    POLICY_ADDED = "policy_added"
    POLICY_MOVED = "policy_moved"
    POLICY_ENDED = "policy_ended"

    CHANGE_MARKED = "change_marked"  # in the charts of a department

    WEBHOOK_ADDED = "webhook_added"
    WEBHOOK_TRIED = "webhook_tried"  # a message about no request is on its way
    WEBHOOK_ENDED = "webhook_ended"


HEAD_START = timedelta(seconds=2)  # of whoever wrote an entry: the relay takes what has not followed by then
AT_ONCE = 20  # entries of one transaction that its writer hands over; more are left to the relay
PATIENCE = timedelta(seconds=5)  # a sent errand that is not done by then is sent again
TRIES = 12


def doubled(tries: int, *, first: timedelta, most: timedelta) -> timedelta:
    """How long to wait after so many tries: twice as long each time."""
    return min(most, first * 2.0 ** (min(tries, 30) - 1))


def pause_after(tries: int) -> timedelta:
    """2 s after the first failure, at most an hour."""
    return doubled(tries, first=timedelta(seconds=2), most=timedelta(hours=1))


class Head(Struct, frozen=True):
    """A link of the chain over the journal, the last one when it was asked for."""

    position: int
    hash: bytes


def anchor(head: Head, secret: str) -> bytes:
    """The head as it is kept outside the database: whoever has only the database can neither forge nor follow it."""
    plain = msgspec.json.encode(head)
    return plain + b"\n" + _signed(plain, secret)


def read_anchor(content: bytes, secret: str) -> Head | None:
    """None: not written by this desk."""
    plain, _, tag = content.partition(b"\n")
    return msgspec.json.decode(plain, type=Head) if hmac.compare_digest(tag, _signed(plain, secret)) else None


def _signed(plain: bytes, secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"journal:" + plain, "sha256").hex().encode()
