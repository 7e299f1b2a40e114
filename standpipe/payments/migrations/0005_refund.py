import django.db.models.deletion
from django.db import migrations, models

# What was paid back, or was to be, before there were several for one payment.
EARLIER = """
INSERT INTO payments_refund
    (id, payment_id, person_id, organisation_id, number, pence, reason, by, asked_at, done_at)
SELECT id, id, person_id, organisation_id, 1, amount_pence, '', '', refund_asked_at,
    CASE WHEN refunded_pence > 0 THEN refund_asked_at END
FROM payments_payment WHERE refund_asked_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0004_till_receipt"),
        ("identity", "0001_initial"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex("payment", "payments_to_pay_back"),
        migrations.CreateModel(
            "Refund",
            [
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.SmallIntegerField()),
                ("pence", models.IntegerField()),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("by", models.CharField(max_length=200)),
                ("asked_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="places.organisation"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="refunds",
                        to="payments.payment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="identity.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["asked_at"],
                        name="payments_to_pay_back",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["payment", "number"], name="payments_refunds_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(pence__gt=0), name="payments_refunds_of_some"
                    ),
                ],
            },
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
    ]
