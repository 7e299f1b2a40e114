import django.db.models.deletion
from django.db import migrations, models

import standpipe.kernel.identifiers
from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0001_initial"),
        ("applications", "0003_channels"),
        ("cases", "0002_row_security"),
        ("facts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=standpipe.kernel.identifiers.new_id,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("service", models.CharField(max_length=60)),
                ("rating", models.SmallIntegerField()),
                ("language", models.CharField(max_length=2)),
                ("on", models.DateField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="places.organisation"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation", "service", "on"], name="figures_fee_organis_idx"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("rating__gte", 1), ("rating__lte", 5)),
                        name="figures_one_to_five",
                    )
                ],
            },
        ),
        guard("figures_feedback", organisation="organisation_id", person=None),
    ]
