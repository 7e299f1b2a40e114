from django.db import migrations

from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0005_intake"), ("audit", "0002_hash_chain")]

    operations = [guard("entitlements_intake", organisation="organisation_id", person=None)]
