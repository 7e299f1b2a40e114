"""Files, kept in the database so that one backup and one transaction hold them with their rows."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Document(models.Model):
    """One file: received from a person and re-encoded, or made by us."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    what = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    made = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["what"])]
