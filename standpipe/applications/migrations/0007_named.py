from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0006_return_by_text")]

    operations = [
        migrations.AddField(
            "application", "named", models.CharField(blank=True, default="", max_length=200)
        ),
    ]
