from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="message", name="due_at", field=models.DateTimeField(null=True)
        ),
        migrations.RemoveIndex(model_name="message", name="notifications_waiting"),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)),
                fields=["due_at"],
                name="notifications_due",
            ),
        ),
    ]
