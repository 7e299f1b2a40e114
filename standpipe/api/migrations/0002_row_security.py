from django.db import migrations

from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    dependencies = [("api", "0001_initial"), ("audit", "0002_hash_chain")]

    operations = [
        guard("api_keyedrequest", organisation="organisation_id", person=None),
    ]
