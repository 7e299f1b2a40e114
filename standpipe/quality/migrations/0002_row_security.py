from django.db import migrations

from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_initial")]

    operations = [
        guard("quality_sample", organisation="organisation_id", person=None),
        guard("quality_sampled", organisation="organisation_id", person=None),
    ]
