"""Writing messages, and moving them through the outbox."""

from standpipe.notifications.actions.queueing import MAY_REPEAT, queue

__all__ = ["MAY_REPEAT", "queue"]
