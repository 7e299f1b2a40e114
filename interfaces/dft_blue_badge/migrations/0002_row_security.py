from django.db import migrations

from standpipe.identity.row_security import guard


class Migration(migrations.Migration):
    dependencies = [("dft_blue_badge", "0001_initial"), ("audit", "0002_hash_chain")]

    operations = [
        guard("dft_blue_badge_lodged", organisation="organisation_id", person="person_id"),
        guard("dft_blue_badge_ordered", organisation="organisation_id", person="person_id"),
    ]
