from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="email",
            field=models.CharField(blank=True, max_length=254, default=""),
        ),
        migrations.AddField(
            model_name="payment", name="refund_asked_at", field=models.DateTimeField(null=True)
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("refund_asked_at__isnull", False), ("refunded_pence", 0)),
                fields=["refund_asked_at"],
                name="payments_to_pay_back",
            ),
        ),
    ]
