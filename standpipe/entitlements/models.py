"""The register of what was granted, what happened to each entry, and who asked about it."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Entitlement(models.Model):
    """One badge, permit or licence of a person; without a number while it is ordered elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40, null=True)
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    # None for what was entered from another register; of several that one case led to, which.
    case = models.UUIDField(null=True)
    of_case = models.SmallIntegerField(default=1)
    starts_on = models.DateField()
    expires_on = models.DateField()
    status = models.CharField(max_length=12)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why_ended = models.TextField(blank=True)
    # The entry whose place it took: by renewal, or by replacement.
    renews = models.UUIDField(null=True)
    replaces = models.UUIDField(null=True)
    # Where another authority looks after it now; nothing is done to it here any more.
    left_to = models.CharField(max_length=200, blank=True)
    # What a register is searched by, as it stood when it was granted.
    holder_name = models.CharField(max_length=200, blank=True)
    holder_birth_date = models.DateField(null=True)
    holder_postcode = models.CharField(max_length=8, blank=True)
    holder_sha256 = models.CharField(max_length=64, blank=True)
    attributes = models.JSONField(default=dict)
    # The ground on which it was granted, and the application that led to it, where one did.
    ground = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    # Who made and numbered it, and what they are still to be told: when next, and why not yet.
    made_by = models.CharField(max_length=60, blank=True)
    order_due_at = models.DateTimeField(null=True)
    order_tries = models.SmallIntegerField(default=0)
    order_trouble = models.CharField(max_length=500, blank=True)
    # The days before its end of the last reminder; None before the first.
    reminded_days = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="entitlements_one_of_a_number"),
            models.UniqueConstraint(fields=["case", "of_case"], name="entitlements_each_of_a_case"),
            models.CheckConstraint(
                condition=models.Q(expires_on__gte=models.F("starts_on")),
                name="entitlements_end_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["ordered", "issued", "replaced", "cancelled"]),
                name="entitlements_known_status",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-granted_at"]),
            models.Index(fields=["organisation", "kind", "expires_on"]),
            models.Index(fields=["organisation", "kind", "holder_postcode"]),
            models.Index(fields=["kind", "holder_sha256"], name="entitlements_same_holder"),
            models.Index(
                fields=["organisation", "order_due_at"],
                condition=models.Q(order_due_at__isnull=False),
                name="entitlements_orders_due",
            ),
        ]


class Happening(models.Model):
    """
    One thing that happened to an entry. Never changed.

    `organisation` is whose doing it was, which goes on seeing it whoever holds the entry later;
    None for what the holder did.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    entitlement = models.ForeignKey(Entitlement, on_delete=models.PROTECT, related_name="history")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    by_kind = models.CharField(max_length=12)
    by = models.CharField(max_length=200)


class Check(models.Model):
    """That somebody asked whether a number is valid, and what they were told. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    asked_by = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    by = models.CharField(max_length=200)
    answer = models.CharField(max_length=10)
    at = models.DateTimeField()


class Intake(models.Model):
    """Another register's file that was checked and waits to be entered; gone once it is."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE)
    service = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    at = models.DateTimeField()
