"""The register of what was granted."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Entitlement(models.Model):
    """One badge, permit or licence of a person."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    case = models.UUIDField(unique=True)
    starts_on = models.DateField()
    expires_on = models.DateField()
    status = models.CharField(max_length=12)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why_ended = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="entitlements_one_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("starts_on")),
                name="entitlements_end_after_start",
            ),
        ]


class Check(models.Model):
    """That somebody asked whether a number is valid, and what they were told. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    asked_by = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    by = models.CharField(max_length=200)
    answer = models.CharField(max_length=10)
    at = models.DateTimeField()
