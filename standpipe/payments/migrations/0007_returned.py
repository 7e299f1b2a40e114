from django.db import migrations, models

NAME = "payments_one_live_payment_an_application"


class Migration(migrations.Migration):
    dependencies = [("payments", "0006_refund_security")]

    operations = [
        migrations.RemoveConstraint("payment", NAME),
        migrations.AddConstraint(
            "payment",
            models.UniqueConstraint(
                fields=["application"],
                condition=~models.Q(state__in=["failed", "cancelled", "error", "returned"]),
                name=NAME,
            ),
        ),
    ]
