"""Drafts of changed rules."""

from django.db import models
from django.db.models import F, Q

from standpipe.kernel.identifiers import new_id


class Draft(models.Model):
    """One change of a service's rules, from its first cell to its publication."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    service = models.CharField(max_length=60)
    # The version that it changes; `texts` holds the changed files alone, by their path.
    base = models.ForeignKey("packs.PackSnapshot", on_delete=models.PROTECT, related_name="+")
    texts = models.JSONField(default=dict)
    state = models.CharField(max_length=10)
    author = models.ForeignKey("identity.Account", on_delete=models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    returned = models.TextField(blank=True)
    valid_from = models.DateField(null=True)
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "identity.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_name = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True)
    published = models.ForeignKey(
        "packs.PackSnapshot", on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["draft", "proposed", "published", "discarded"]),
                name="policy_known_state",
            ),
            # Four eyes, whatever the code above believes.
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")),
                name="policy_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (
                    Q(approved_by__isnull=False)
                    & Q(published__isnull=False)
                    & Q(published_at__isnull=False)
                    & Q(valid_from__isnull=False)
                ),
                name="policy_published_whole",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-changed_at"])]
