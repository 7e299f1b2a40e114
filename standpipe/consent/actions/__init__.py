"""Every act on consents, mandates and permissions, by name; each file holds one kind of them."""

from standpipe.consent.actions.agreeing import (
    CONSENT_LASTS,
    AlreadyWithdrawn,
    Receipt,
    answer_request,
    withdraw,
)
from standpipe.consent.actions.mandating import (
    AlreadyRevoked,
    record_mandate,
    revoke_mandate,
    state_mandate,
)
from standpipe.consent.actions.permitting import (
    NotAgreed,
    NotPermitted,
    permit_consented,
    permit_help,
    permit_holdings,
    permit_on_behalf,
    permit_own,
    permit_task,
    record_use,
)

__all__ = [
    "CONSENT_LASTS",
    "AlreadyRevoked",
    "AlreadyWithdrawn",
    "NotAgreed",
    "NotPermitted",
    "Receipt",
    "answer_request",
    "permit_consented",
    "permit_help",
    "permit_holdings",
    "permit_on_behalf",
    "permit_own",
    "permit_task",
    "record_mandate",
    "record_use",
    "revoke_mandate",
    "state_mandate",
    "withdraw",
]
