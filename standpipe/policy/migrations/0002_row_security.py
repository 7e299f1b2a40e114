from django.db import migrations

from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]

    operations = [guard("policy_draft", organisation="organisation_id", person=None)]
