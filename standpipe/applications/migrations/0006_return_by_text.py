from django.db import migrations, models

# As before; a code goes to an e-mail address or to a mobile phone.
BY_TEXT_TOO = """
DROP FUNCTION saved_application(text, text);
CREATE FUNCTION saved_application(wanted text, sent_to text)
RETURNS TABLE (application uuid, person uuid, organisation uuid, mandate uuid, representative uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.id, a.person_id, a.organisation_id, m.id, m.representative_id
    FROM applications_application a
    JOIN applications_returncode r ON r.application_id = a.id
    LEFT JOIN consent_mandate m ON m.application = a.id AND m.revoked_at IS NULL
    WHERE a.reference = wanted AND lower(r.address) = lower(sent_to) AND a.status = 'draft'
    AND (a.for_whom = 'self' OR m.id IS NOT NULL)
$$;
"""

BY_EMAIL = """
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


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_concerns")]

    operations = [
        migrations.RenameField(model_name="returncode", old_name="email", new_name="address"),
        migrations.AlterField(
            model_name="returncode", name="address", field=models.CharField(max_length=254)
        ),
        migrations.RunSQL(BY_TEXT_TOO, BY_EMAIL),
    ]
