from django.db import migrations, models

CHANNELS = ["web", "web_assisted", "kiosk", "phone", "paper", "counter", "api"]
# Until now systems wrote what they liked: what begins with a channel of ours was one.
BRING_INTO_LINE = """
UPDATE applications_application SET channel = CASE
    WHEN split_part(channel, ':', 1) = ANY (ARRAY{channels}) THEN split_part(channel, ':', 1)
    ELSE 'api'
END
WHERE NOT channel = ANY (ARRAY{channels})
""".format(channels=CHANNELS)


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_row_security")]

    operations = [
        migrations.RunSQL(BRING_INTO_LINE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="application",
            name="channel",
            field=models.CharField(max_length=20),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(channel__in=CHANNELS), name="applications_known_channel"
            ),
        ),
    ]
