"""What was asked of outside systems, without the answers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from standpipe.kernel.identifiers import new_id


class Exchange(models.Model):
    """One question to an outside system: on which permission, how it went, how long it took."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    connector = models.CharField(max_length=60)
    purpose = models.CharField(max_length=100)
    receipt = models.CharField(max_length=20)
    attributes = ArrayField(models.CharField(max_length=120))
    match = models.CharField(max_length=12)
    trouble = models.CharField(max_length=20, blank=True)
    milliseconds = models.IntegerField()
    at = models.DateTimeField()
