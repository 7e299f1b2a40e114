"""The index on where codes are sent takes the name of the column as it is called since 0006."""

from django.db import migrations, models

OLD = "application_email_263d4a_idx"
NEW = "application_address_e27c7b_idx"


class Migration(migrations.Migration):
    dependencies = [("applications", "0007_named")]

    operations = [
        # Nothing is built anew: PostgreSQL followed the column, and renaming takes no time.
        # Django's own picture did not follow, so it is told of another index.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RenameIndex("returncode", NEW, old_name=OLD)],
            state_operations=[
                migrations.RemoveIndex("returncode", OLD),
                migrations.AddIndex("returncode", models.Index(fields=["address"], name=NEW)),
            ],
        )
    ]
