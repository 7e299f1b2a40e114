from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_due")]

    operations = [
        migrations.AlterField(model_name="message", name="to", field=models.TextField()),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("state__in", ["by_hand", "failed"])),
                fields=["organisation", "written_at"],
                name="notifications_for_staff",
            ),
        ),
    ]
