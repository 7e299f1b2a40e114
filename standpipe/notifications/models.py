"""The outbox of messages to people."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Message(models.Model):
    """One message, written in the transaction of what it tells of; its id is its reference."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, null=True)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    what = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    channel = models.CharField(max_length=6)
    # Of a letter, the lines of the envelope.
    to = models.TextField()
    language = models.CharField(max_length=2)
    subject = models.TextField(blank=True)
    body = models.TextField()
    state = models.CharField(max_length=20)
    provider_id = models.CharField(max_length=60, blank=True)
    tries = models.SmallIntegerField(default=0)
    trouble = models.TextField(blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    # When the next step is due; while it is being sent, when the lease of the sending worker ends.
    # None once there is nothing left to do.
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # The same message about the same thing is written once, however often asked for.
            models.UniqueConstraint(
                fields=["what", "name", "channel"],
                name="notifications_once",
                condition=~models.Q(name="return_code"),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(due_at__isnull=False),
                name="notifications_due",
            ),
            models.Index(
                fields=["organisation", "written_at"],
                condition=models.Q(state__in=["by_hand", "failed"]),
                name="notifications_for_staff",
            ),
        ]
