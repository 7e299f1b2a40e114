from django.db import migrations

from standpipe.identity.row_security import guard

# The organisation that is asked sees who helped, beside the helper's own and the person.
ASKED = """
CREATE POLICY whom_it_is_asked_of ON assistance_assistance FOR SELECT USING (
    organisation_id = (SELECT NULLIF(current_setting('standpipe.organisation', true), '')::uuid)
);
"""


class Migration(migrations.Migration):
    dependencies = [("assistance", "0001_initial")]

    operations = [
        guard(
            "assistance_assistance", organisation="helper_organisation_id", person="person_id"
        ),
        migrations.RunSQL(ASKED, "DROP POLICY whom_it_is_asked_of ON assistance_assistance"),
    ]
