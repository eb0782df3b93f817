"""What people do with requests. `from desk.tickets import actions as tickets`, then `await tickets.file(...)`."""

from desk.tickets.actions.answering import ask, cannot_tell, correct, message, note, reply, thank
from desk.tickets.actions.asking import answer, ask_back, ask_department, ask_to_sign, recall, refuse, sign
from desk.tickets.actions.ending import accept, decline, reopen, resolve, withdraw
from desk.tickets.actions.files import attach, attach_to, set_aside
from desk.tickets.actions.filing import file
from desk.tickets.actions.holding import assign, hand_over, take
from desk.tickets.actions.linking import link, unlink
from desk.tickets.actions.merging import merge
from desk.tickets.actions.priority import set_priority
from desk.tickets.actions.removing import agree_to_removal, ask_removal, is_copy, refuse_removal
from desk.tickets.actions.renewing import agree, ask_renewal, object_to
from desk.tickets.actions.splitting import file_child, follow, split
from desk.tickets.actions.watching import unwatch, watch

__all__ = [
    "accept",
    "agree",
    "agree_to_removal",
    "answer",
    "ask",
    "ask_back",
    "ask_department",
    "ask_removal",
    "ask_renewal",
    "ask_to_sign",
    "assign",
    "attach",
    "attach_to",
    "cannot_tell",
    "correct",
    "decline",
    "file",
    "file_child",
    "follow",
    "hand_over",
    "is_copy",
    "link",
    "merge",
    "message",
    "note",
    "object_to",
    "recall",
    "refuse",
    "refuse_removal",
    "reopen",
    "reply",
    "resolve",
    "set_aside",
    "set_priority",
    "sign",
    "split",
    "take",
    "thank",
    "unlink",
    "unwatch",
    "watch",
    "withdraw",
]
