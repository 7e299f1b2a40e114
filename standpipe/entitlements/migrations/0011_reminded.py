from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0010_alike")]

    operations = [
        migrations.AddField(
            model_name="entitlement",
            name="reminded_days",
            field=models.SmallIntegerField(null=True),
        ),
    ]
