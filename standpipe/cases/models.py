"""Cases and what happened to them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from standpipe.kernel.identifiers import new_id

# Behind every priority that a pack can name.
NO_PRIORITY = 100


class Case(models.Model):
    """Work that an organisation does for a person; it always waits on somebody named."""

    id = models.UUIDField(primary_key=True, default=new_id)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    application = models.UUIDField(unique=True)
    service = models.CharField(max_length=60)
    pack = models.ForeignKey("packs.PackSnapshot", on_delete=models.PROTECT)
    title = models.TextField()
    status = models.CharField(max_length=40)
    waits_on = models.CharField(max_length=40)
    assigned_to = models.ForeignKey("identity.Account", on_delete=models.PROTECT, null=True)
    opened_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    # Why it stands before others, by the pack's own id, and in which order; most have no reason.
    priority = models.CharField(max_length=60, blank=True)
    rank = models.SmallIntegerField(default=NO_PRIORITY)
    # While the clock is stopped it holds the days that were left.
    days_left = models.SmallIntegerField(null=True)
    # While somebody else has a day of their own and our clock runs on: the last day of ours.
    ends_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "rank", "due_on"],
                condition=models.Q(closed_at=None),
                name="cases_open_by_rank_and_due",
            ),
            models.Index(fields=["organisation", "-opened_at"]),
        ]


class Event(models.Model):
    """One change of a case: who, when, why, and on whom it now waits. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    by_kind = models.CharField(max_length=12)
    by = models.CharField(max_length=200)
    by_id = models.CharField(max_length=300, blank=True, default="")
    why = models.TextField(blank=True)
    status = models.CharField(max_length=40)
    waits_on = models.CharField(max_length=40)
    due_on = models.DateField(null=True)
    shown_to_person = models.BooleanField()


class Task(models.Model):
    """One thing to do on a case."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="cases_one_task_of_a_name")
        ]


class Decision(models.Model):
    """What was decided, why, by whom, on which facts and rules; can be replayed for ever."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    outcome = models.CharField(max_length=40)
    reason_en = models.TextField()
    reason_cy = models.TextField()
    explanation = models.JSONField()
    rules_sha256 = ArrayField(models.CharField(max_length=64))
    facts = ArrayField(models.UUIDField())
    by_kind = models.CharField(max_length=12)
    by = models.CharField(max_length=200)
    by_id = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()


class Review(models.Model):
    """That a decision is looked at again, by somebody who took no part in it; once."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    # Empty where the rules decided; who decided does not review.
    decided_by = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    words = models.TextField()
    due_on = models.DateField()
    reviewer = models.CharField(max_length=300, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    is_changed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # Four eyes, whatever the code above believes.
            models.CheckConstraint(
                condition=models.Q(reviewer="") | ~models.Q(reviewer=models.F("decided_by")),
                name="cases_reviewed_by_another",
            ),
        ]
