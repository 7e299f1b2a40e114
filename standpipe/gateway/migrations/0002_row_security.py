from django.db import migrations

from standpipe.identity.row_security import append_only, guard


class Migration(migrations.Migration):
    dependencies = [("gateway", "0001_initial"), ("audit", "0002_hash_chain")]

    operations = [
        guard("gateway_exchange", organisation="organisation_id", person="person_id"),
        append_only("gateway_exchange"),
    ]
