"""Every act on the register, by name: granting, ending, handing over, noting and checking."""

from standpipe.entitlements.actions.changing import amend, note, reissue, replace, transfer
from standpipe.entitlements.actions.checking import check
from standpipe.entitlements.actions.ending import cancel, cancel_for_death
from standpipe.entitlements.actions.entries import NoSuchReason, NotForThem, NotLive
from standpipe.entitlements.actions.granting import Granted, enter_existing, grant
from standpipe.entitlements.actions.issuing import issue, number_here
from standpipe.entitlements.actions.orders import NumberTaken, numbered

__all__ = [
    "Granted",
    "NoSuchReason",
    "NotForThem",
    "NotLive",
    "NumberTaken",
    "amend",
    "cancel",
    "cancel_for_death",
    "check",
    "enter_existing",
    "grant",
    "issue",
    "note",
    "number_here",
    "numbered",
    "reissue",
    "replace",
    "transfer",
]
