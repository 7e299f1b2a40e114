from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_ends_on")]

    operations = [
        migrations.AddField(
            "case", "priority", models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField("case", "rank", models.SmallIntegerField(default=100)),
        migrations.RemoveIndex("case", "cases_open_by_due_date"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["organisation", "rank", "due_on"],
                condition=models.Q(closed_at=None),
                name="cases_open_by_rank_and_due",
            ),
        ),
    ]
