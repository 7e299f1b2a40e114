from django.db import migrations, models

# As before, and besides: of an application made for somebody else it tells who acts for them,
# and nothing once their mandate has ended.
RETURNING = """
DROP FUNCTION saved_application(text, text);
CREATE FUNCTION saved_application(wanted text, address text)
RETURNS TABLE (application uuid, person uuid, organisation uuid, mandate uuid, representative uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.person_id, a.organisation_id, m.id, m.representative_id
    FROM applications_application a
    JOIN applications_returncode r ON r.application_id = a.id
    LEFT JOIN consent_mandate m ON m.application = a.id AND m.revoked_at IS NULL
    WHERE a.reference = wanted AND lower(r.email) = lower(address) AND a.status = 'draft'
    AND (a.for_whom = 'self' OR m.id IS NOT NULL)
$$;
"""

NOT_RETURNING = """
DROP FUNCTION saved_application(text, text);
CREATE FUNCTION saved_application(wanted text, address text)
RETURNS TABLE (application uuid, person uuid, organisation uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.person_id, a.organisation_id
    FROM applications_application a
    JOIN applications_returncode r ON r.application_id = a.id
    WHERE a.reference = wanted AND lower(r.email) = lower(address) AND a.status = 'draft'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_channels"), ("consent", "0004_mandate_security")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="for_whom",
            field=models.CharField(default="self", max_length=20),
        ),
        migrations.RunSQL(RETURNING, NOT_RETURNING),
    ]
