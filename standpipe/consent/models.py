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
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "registry", "purpose"])]
