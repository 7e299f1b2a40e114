"""Every act on a referral and its appointments, by name; each in its organisation's transaction."""

from standpipe.assessments.actions.booking import (
    book,
    cancel,
    miss,
    publish_slots,
    remove_slot,
)
from standpipe.assessments.actions.keeping import PURPOSE
from standpipe.assessments.actions.referring import (
    declare,
    end,
    give_back,
    keep_document,
    refer,
    report,
)

__all__ = [
    "PURPOSE",
    "book",
    "cancel",
    "declare",
    "end",
    "give_back",
    "keep_document",
    "miss",
    "publish_slots",
    "refer",
    "remove_slot",
    "report",
]
