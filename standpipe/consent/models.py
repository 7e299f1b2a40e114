"""What people agreed to, and when they took it back."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from standpipe.kernel.identifiers import new_id


class Grant(models.Model):
    """That a person agreed, or declined, to be asked about at a registry for a purpose."""

    id = models.UUIDField(primary_key=True, default=new_id)
    receipt = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    registry = models.CharField(max_length=60)
    purpose = models.CharField(max_length=100)
    attributes = ArrayField(models.CharField(max_length=120))
    disclosed = ArrayField(models.CharField(max_length=120))
    wording = models.TextField()
    language = models.CharField(max_length=2)
    what = models.CharField(max_length=80)
    agreed = models.BooleanField()
    # By which a representative answered in the person's stead; None if they did so themselves.
    mandate = models.ForeignKey("consent.Mandate", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "registry", "purpose"])]


class Mandate(models.Model):
    """That somebody acts for a person in one application; it opens that and nothing beside it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    # Whom it is about; made for this application, so that nothing earlier is known of them.
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")
    representative = models.ForeignKey(
        "identity.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    application = models.UUIDField(unique=True)
    what = models.CharField(max_length=80)
    # Empty until the representative has told.
    basis = models.CharField(max_length=30, blank=True)
    relationship = models.CharField(max_length=60, blank=True)
    # The representative's, as they told it: whoever looks who acted for them is told it.
    name = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=120)
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # Why staff ended it; empty where one of the two did.
    ended_because = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["what"])]
