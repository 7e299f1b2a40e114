from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0008_matching")]

    operations = [
        migrations.AlterField("entitlement", "case", models.UUIDField(null=True)),
        migrations.AddField("entitlement", "of_case", models.SmallIntegerField(default=1)),
        migrations.AddConstraint(
            "entitlement",
            models.UniqueConstraint(fields=["case", "of_case"], name="entitlements_each_of_a_case"),
        ),
    ]
