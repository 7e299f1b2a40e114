"""Samples of decided cases, and what reviewers found."""

from django.db import models
from django.db.models import F, Q

from standpipe.kernel.identifiers import new_id


class Sample(models.Model):
    """A sample as it was drawn: its terms say how to draw it again."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    service = models.CharField(max_length=60)
    pack = models.ForeignKey("packs.PackSnapshot", on_delete=models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    outcome = models.CharField(max_length=40, blank=True)
    share_percent = models.SmallIntegerField()
    seed = models.CharField(max_length=40)
    population = models.IntegerField()
    drawn_by = models.CharField(max_length=200)
    drawn_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-drawn_at"])]


class Sampled(models.Model):
    """One case of a sample, and its review."""

    id = models.UUIDField(primary_key=True, default=new_id)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="cases")
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    position = models.SmallIntegerField()
    reference = models.CharField(max_length=20)
    # Empty where the rules decided; whoever decided does not review.
    decided_by = models.CharField(max_length=300)
    marks = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    reviewer = models.CharField(max_length=300, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "reference"], name="quality_sampled_once"),
            # Four eyes, whatever the code above believes.
            models.CheckConstraint(
                condition=Q(reviewer="") | ~Q(reviewer=F("decided_by")),
                name="quality_reviewed_by_another",
            ),
        ]
