"""Payments asked for, and what was paid back of them."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class Payment(models.Model):
    """One request for payment; its id is the idempotency key towards the provider."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.UUIDField()
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    reference = models.CharField(max_length=40)
    amount_pence = models.IntegerField()
    description = models.CharField(max_length=255)
    return_url = models.TextField()
    language = models.CharField(max_length=2)
    email = models.CharField(max_length=254, blank=True, default="")
    provider_id = models.CharField(max_length=40, blank=True)
    next_url = models.TextField(blank=True)
    # The receipt of a till, where it was paid at a counter and not through the provider.
    till_receipt = models.CharField(max_length=60, blank=True, default="")
    state = models.CharField(max_length=12)
    message = models.TextField(blank=True)
    refunded_pence = models.IntegerField(default=0)
    refund_asked_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=~models.Q(state__in=["failed", "cancelled", "error", "returned"]),
                name="payments_one_live_payment_an_application",
            )
        ]


class Refund(models.Model):
    """
    A wish to pay a part of a payment back, or all of it; together they are never more than it.

    Its id is the key under which it is asked for once. `number` says in which order those of one
    payment are paid back.
    """

    id = models.UUIDField(primary_key=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    person = models.ForeignKey("identity.Person", on_delete=models.PROTECT)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    number = models.SmallIntegerField()
    pence = models.IntegerField()
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    # None while the provider has not taken it on; of a till's money for ever.
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "number"], name="payments_refunds_in_order"),
            models.CheckConstraint(
                condition=models.Q(pence__gt=0), name="payments_refunds_of_some"
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(done_at__isnull=True),
                name="payments_to_pay_back",
            )
        ]
