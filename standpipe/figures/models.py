"""What people thought of a service; nothing here says who."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Feedback(models.Model):
    """One answer to the one question after an outcome, from 1 to 5, on a day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    service = models.CharField(max_length=60)
    rating = models.SmallIntegerField()
    language = models.CharField(max_length=2)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rating__gte=1, rating__lte=5), name="figures_one_to_five"
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "service", "on"], name="figures_fee_organis_idx")
        ]
