"""The versions of packs that were ever in use, whole, so that each application keeps its own."""

from django.db import models


class PackSnapshot(models.Model):
    """The files of one pack with the place's overlay, by the hash of their content."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    files = models.JSONField()
    first_used_at = models.DateTimeField()


class Publication(models.Model):
    """That a version is what new applications begin with, from a day on; never changed."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    snapshot = models.ForeignKey(PackSnapshot, on_delete=models.PROTECT)
    valid_from = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # Of two who publish on the same base, the second has to look again.
            models.UniqueConstraint(fields=["name", "version"], name="packs_one_of_a_version")
        ]
