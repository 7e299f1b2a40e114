"""Every act on an application, by name: the one door of this room for those who act."""

from standpipe.applications.answering import answer, attach
from standpipe.applications.beginning import begin
from standpipe.applications.consulting import consult
from standpipe.applications.granting import decide
from standpipe.applications.handling import (
    ask_for_more,
    assign,
    finish_task,
    note,
    reply,
    withdraw,
)
from standpipe.applications.lodging import lodge
from standpipe.applications.saving import come_back, save, send_return_code
from standpipe.applications.submitting import change_after_all, settle, submit

__all__ = [
    "answer",
    "ask_for_more",
    "assign",
    "attach",
    "begin",
    "change_after_all",
    "come_back",
    "consult",
    "decide",
    "finish_task",
    "lodge",
    "note",
    "reply",
    "save",
    "send_return_code",
    "settle",
    "submit",
    "withdraw",
]
