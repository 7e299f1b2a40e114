"""Referrals to another organisation's expert, what was disclosed with them, and what came back."""

from django.db import models
from django.db.models import F, Q

from standpipe.kernel.identifiers import new_id


class Concerned(models.Model):
    """Who a row concerns: the organisation that asks, the one that assesses, and the person."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    assessor = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Referral(Concerned):
    """That an organisation asks another one's expert about a person, for one application."""

    # Its own, so that the assessor learns nothing by which a case could be found.
    reference = models.CharField(max_length=20, unique=True)
    application = models.UUIDField()
    service = models.CharField(max_length=60)
    pack = models.ForeignKey("packs.PackSnapshot", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    referred_by = models.CharField(max_length=200)
    referred_at = models.DateTimeField()
    due_on = models.DateField()
    # Who declared that they are independent, and has it now.
    taken_by = models.CharField(max_length=300, blank=True)
    taken_by_name = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField(null=True)
    # That their name stands among those who treat the person, whatever they declared.
    is_named_as_treating = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    # The report as a document of the organisation that asked.
    document = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "taken", "reported", "returned", "ended"]),
                name="assessments_known_state",
            ),
            models.CheckConstraint(
                condition=~Q(assessor=F("organisation")), name="assessments_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "taken"], closed_at=None)
                | Q(state__in=["reported", "returned", "ended"], closed_at__isnull=False),
                name="assessments_open_or_closed",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(closed_at=None),
                name="assessments_one_open_of_an_application",
            ),
        ]
        indexes = [
            models.Index(
                fields=["assessor", "due_on"],
                condition=Q(closed_at=None),
                name="assessments_open_by_due_date",
            ),
            models.Index(fields=["application", "referred_at"]),
        ]


class Disclosure(Concerned):
    """One thing the assessor was told: an answer as it stood then, or a file of the case."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="disclosures")
    position = models.SmallIntegerField()
    need = models.CharField(max_length=120)
    value = models.JSONField()
    document = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "need"], name="assessments_disclosed_once")
        ]
        indexes = [models.Index(fields=["document"])]


class Happening(Concerned):
    """One thing that happened to a referral; `by_id` and `words` of a conflict say whose."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="happenings")
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    by_kind = models.CharField(max_length=12)
    by_id = models.CharField(max_length=300)
    by = models.CharField(max_length=200)
    words = models.TextField(blank=True)


class Slot(models.Model):
    """A time that an assessing organisation offers; it says nothing of who takes it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey(
        "places.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    service = models.CharField(max_length=60)
    starts_at = models.DateTimeField()
    minutes = models.SmallIntegerField()
    kind = models.CharField(max_length=12)
    place = models.CharField(max_length=300)
    is_taken = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "starts_at"])]


class Appointment(Concerned):
    """A time that somebody chose, with its words as they were then."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="appointments")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    starts_at = models.DateTimeField()
    minutes = models.SmallIntegerField()
    kind = models.CharField(max_length=12)
    place = models.CharField(max_length=300)
    booked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    sequence = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["booked", "cancelled", "missed"]),
                name="assessments_known_appointment",
            ),
            # A time is given to one, whatever the code above believes.
            models.UniqueConstraint(
                fields=["slot"],
                condition=~Q(state="cancelled"),
                name="assessments_slot_given_once",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(state="booked"),
                name="assessments_one_appointment_of_a_referral",
            ),
        ]


class Report(Concerned):
    """What the assessor found and recommends; never changed."""

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="report")
    # A list of {criterion, value, evidence} in the order of the pack.
    findings = models.JSONField()
    recommendation = models.CharField(max_length=60)
    words = models.TextField()
    language = models.CharField(max_length=2)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
