"""Writing messages, and moving them through the outbox."""

from standpipe.notifications.actions.handing_on import hand_on
from standpipe.notifications.actions.queueing import MAY_REPEAT, queue

__all__ = ["MAY_REPEAT", "hand_on", "queue"]
