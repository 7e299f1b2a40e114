"""What came through this door and has no place of its own elsewhere."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Lodged(models.Model):
    """
    One application as it was sent: answered again as it came, and searched by what it says.

    `known_as` is the identifier that their clients know, which a transfer does not change;
    `status` what a client set last (empty: follows from the case); the last two are of a transfer.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    known_as = models.UUIDField()
    application = models.UUIDField(unique=True)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    body = models.JSONField()
    status = models.CharField(max_length=12, blank=True)
    deleted = models.BooleanField(default=False)
    transferred_from = models.CharField(max_length=20, blank=True)
    transferred_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "known_as"], name="dft_blue_badge_one_of_an_identifier"
            )
        ]


class Ordered(models.Model):
    """
    One badge that was ordered through this door.

    `fingerprint` is what a second order of the same badge has in common with it, None for those
    after the first of an order; `batch` the printing it is in, `printed_at` when that was done.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    entitlement = models.UUIDField(unique=True)
    number = models.CharField(max_length=40)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    fingerprint = models.CharField(max_length=64, null=True)
    deliver_to = models.CharField(max_length=10)
    delivery_option = models.CharField(max_length=10)
    batch = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    printed_at = models.DateTimeField(null=True)
    deleted = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"], name="dft_blue_badge_ordered_once"
            )
        ]
        indexes = [models.Index(fields=["organisation", "batch"])]
