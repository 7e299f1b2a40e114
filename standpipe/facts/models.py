"""Facts: each answer with where it came from. Rows are never changed, only superseded."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Fact(models.Model):
    """What one person's attribute is, for one application, and how we know."""

    id = models.UUIDField(primary_key=True, default=new_id)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    application = models.UUIDField()
    need = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    source = models.CharField(max_length=10)
    by = models.CharField(max_length=120)
    form = models.CharField(max_length=80)
    page = models.CharField(max_length=60)
    assurance = models.CharField(max_length=10)
    at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    review_by = models.DateField(null=True)
    grant = models.UUIDField(null=True)
    kept_from = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "need"],
                condition=models.Q(superseded_at=None),
                name="facts_one_current_fact_a_need",
            ),
            models.CheckConstraint(
                condition=models.Q(source__in=["told", "registry", "derived", "staff"]),
                name="facts_known_source",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "need"],
                condition=models.Q(superseded_at=None),
                name="facts_of_a_person",
            )
        ]
