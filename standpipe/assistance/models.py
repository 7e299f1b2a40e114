"""Who helps whom with which application."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Assistance(models.Model):
    """One member of staff who helps one person with one application."""

    id = models.UUIDField(primary_key=True, default=new_id)
    receipt = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    helper = models.CharField(max_length=120)
    helper_name = models.CharField(max_length=200)
    helper_organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    # Whose application it is.
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    what = models.CharField(max_length=80)
    basis = models.CharField(max_length=30)
    evidence = models.CharField(max_length=200, blank=True)
    undertaking = models.TextField()
    wording = models.TextField()
    may_follow = models.BooleanField(default=False)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["helper", "-at"]),
            models.Index(fields=["what"]),
            models.Index(fields=["person"]),
        ]
