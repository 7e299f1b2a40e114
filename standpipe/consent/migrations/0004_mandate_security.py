from django.db import migrations

from standpipe.identity.row_security import guard

# Whoever acts for another is found before the transaction in which they do: this function looks
# past row-level security, and tells a representative of nobody's mandates but their own.
IN_FORCE = """
CREATE FUNCTION mandate_in_force(wanted text, who uuid)
RETURNS TABLE (mandate uuid, person uuid, called text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, person_id, name FROM consent_mandate
    WHERE what = wanted AND representative_id = who AND revoked_at IS NULL
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0003_mandate")]

    operations = [
        guard(
            "consent_mandate",
            organisation="organisation_id",
            person="person_id",
            also=["representative_id = {person}"],
        ),
        migrations.RunSQL(IN_FORCE, "DROP FUNCTION mandate_in_force(text, uuid)"),
    ]
