from django.db import migrations

from standpipe.identity.row_security import guard

# A visitor who comes back has not yet shown who they are: this function alone looks past
# row-level security, and only tells whose application it is to who knows both its reference
# and the address it was saved with.
RETURNING = """
CREATE FUNCTION saved_application(wanted text, address text)
RETURNS TABLE (application uuid, person uuid, organisation uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.person_id, a.organisation_id
    FROM applications_application a
    JOIN applications_returncode r ON r.application_id = a.id
    WHERE a.reference = wanted AND lower(r.email) = lower(address) AND a.status = 'draft'
$$;

ALTER TABLE applications_returncode ENABLE ROW LEVEL SECURITY;
CREATE POLICY whom_it_concerns ON applications_returncode USING (
    EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id)
);
"""

NOT_RETURNING = """
DROP POLICY whom_it_concerns ON applications_returncode;
ALTER TABLE applications_returncode DISABLE ROW LEVEL SECURITY;
DROP FUNCTION saved_application(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("audit", "0002_hash_chain")]

    operations = [
        guard("applications_application", organisation="organisation_id", person="person_id"),
        guard("applications_consultation", organisation="organisation_id", person="person_id"),
        migrations.RunSQL(RETURNING, NOT_RETURNING),
    ]
