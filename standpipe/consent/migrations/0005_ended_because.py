from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0004_mandate_security")]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="ended_because",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
    ]
