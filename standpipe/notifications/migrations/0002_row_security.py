from django.db import migrations

from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial"), ("audit", "0002_hash_chain")]

    operations = [
        guard("notifications_message", organisation="organisation_id", person="person_id"),
    ]
