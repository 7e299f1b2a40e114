"""Every act on an application, by name: what others call; each file holds one step of its life."""

from standpipe.applications.actions.answering import answer, attach, remove_item
from standpipe.applications.actions.appointing import book, cancel_appointment
from standpipe.applications.actions.assisting import (
    begin_helped,
    end_help_received,
    help_received,
    in_their_name,
    send_way_to_pay,
    take_payment,
)
from standpipe.applications.actions.beginning import begin
from standpipe.applications.actions.choosing import own_to_choose
from standpipe.applications.actions.consulting import consult, withdraw_agreement
from standpipe.applications.actions.footing import end_mandate
from standpipe.applications.actions.giving_back import give_back_part
from standpipe.applications.actions.granting import decide
from standpipe.applications.actions.handling import (
    ask_for_more,
    assign,
    finish_task,
    note,
    reply,
    withdraw,
)
from standpipe.applications.actions.holding_for import (
    HeldFor,
    begin_about_held,
    held_for_others,
)
from standpipe.applications.actions.lodging import (
    lodge,
    lodge_file,
    send_as_given,
    send_lodged,
)
from standpipe.applications.actions.receipting import send_receipt
from standpipe.applications.actions.referring import refer, take_back
from standpipe.applications.actions.returning import take_paper
from standpipe.applications.actions.reviewing import ask_review, review
from standpipe.applications.actions.saving import come_back, save, send_return_code, way_back
from standpipe.applications.actions.submitting import change_after_all, settle, submit
from standpipe.applications.actions.telling import Address

__all__ = [
    "Address",
    "HeldFor",
    "answer",
    "ask_for_more",
    "ask_review",
    "assign",
    "attach",
    "begin",
    "begin_about_held",
    "begin_helped",
    "book",
    "cancel_appointment",
    "change_after_all",
    "come_back",
    "consult",
    "decide",
    "end_help_received",
    "end_mandate",
    "finish_task",
    "give_back_part",
    "held_for_others",
    "help_received",
    "in_their_name",
    "lodge",
    "lodge_file",
    "note",
    "own_to_choose",
    "refer",
    "remove_item",
    "reply",
    "review",
    "save",
    "send_as_given",
    "send_lodged",
    "send_receipt",
    "send_return_code",
    "send_way_to_pay",
    "settle",
    "submit",
    "take_back",
    "take_paper",
    "take_payment",
    "way_back",
    "withdraw",
    "withdraw_agreement",
]
