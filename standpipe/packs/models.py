"""The versions of packs that were ever in use, whole, so that each application keeps its own."""

from django.db import models


class PackSnapshot(models.Model):
    """The files of one pack with the place's overlay, by the hash of their content."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=60)
    version = models.CharField(max_length=30)
    files = models.JSONField()
    first_used_at = models.DateTimeField()
