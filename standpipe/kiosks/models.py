"""Public computers; nothing here is about anybody who uses one."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Kiosk(models.Model):
    """One computer, and the hash of the key in its address."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    name = models.CharField(max_length=100)
    # A random key of 256 bits needs no slow hash: there is nothing to guess.
    key_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="kiosks_one_of_a_name")
        ]
