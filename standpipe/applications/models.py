"""Applications."""

from django.db import models

from standpipe.applications.channels import CHANNELS
from standpipe.kernel.identifiers import new_id


class Application(models.Model):
    """One person asking one organisation for one service."""

    id = models.UUIDField(primary_key=True, default=new_id)
    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    service = models.CharField(max_length=60)
    # The version it began with; the rules in force are those of the day it began.
    pack = models.ForeignKey("packs.PackSnapshot", on_delete=models.PROTECT)
    language = models.CharField(max_length=2)
    channel = models.CharField(max_length=20)
    # For whom it was begun; `person` is always who it is about.
    for_whom = models.CharField(max_length=20, default="self")
    status = models.CharField(max_length=12)
    begun_at = models.DateTimeField()
    expires_on = models.DateField()
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)
    # Entries of the register: what it is about, and what it would take the place of.
    about = models.UUIDField(null=True)
    # How the register calls whom it is about, where they are not asked for their name.
    named = models.CharField(max_length=200, blank=True, default="")
    renews = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["draft", "paying", "submitted", "decided", "withdrawn", "expired"]
                ),
                name="applications_known_status",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=list(CHANNELS)), name="applications_known_channel"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-begun_at"]),
            models.Index(fields=["status", "expires_on"]),
        ]


class Consultation(models.Model):
    """What became of asking a registry for an application: it is asked once, and not in a loop."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.CASCADE)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    page = models.CharField(max_length=60)
    registry = models.CharField(max_length=60)
    # None for a page that asks nobody and was only to be read.
    grant = models.UUIDField(null=True)
    status = models.CharField(max_length=12)
    trouble = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "page"], name="applications_asked_once")
        ]


class ReturnCode(models.Model):
    """The way back to a saved application: where a code is sent, and the code's hash."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, primary_key=True)
    # An e-mail address, or a mobile phone number as it is dialled from anywhere.
    address = models.CharField(max_length=254)
    code_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.SmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["address"])]
