from django.db import migrations

from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_refund"), ("audit", "0002_hash_chain")]

    operations = [
        guard("payments_refund", organisation="organisation_id", person="person_id"),
    ]
