from django.db import migrations

from standpipe.identity.row_security import append_only, guard


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("audit", "0002_hash_chain")]

    operations = [
        guard("cases_case", organisation="organisation_id", person="person_id"),
        guard("cases_event", organisation="organisation_id", person="person_id"),
        guard("cases_task", organisation="organisation_id", person="person_id"),
        guard("cases_decision", organisation="organisation_id", person="person_id"),
        append_only("cases_event"),
        append_only("cases_decision"),
    ]
