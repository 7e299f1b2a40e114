from django.db import migrations

from standpipe.identity.row_security import append_only, guard

# Any organisation of the place may ask whether a number is valid; it learns that alone. The
# person is told to the caller so that the asking can be recorded with them, and shown to nobody.
CHECKING = """
CREATE FUNCTION entitlement_by_number(wanted_kind text, wanted_number text, day date)
RETURNS TABLE (valid boolean, person uuid, organisation uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT status = 'issued' AND day BETWEEN starts_on AND expires_on, person_id, organisation_id
    FROM entitlements_entitlement
    WHERE kind = wanted_kind AND number = wanted_number
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0001_initial"), ("audit", "0002_hash_chain")]

    operations = [
        guard("entitlements_entitlement", organisation="organisation_id", person="person_id"),
        guard("entitlements_check", organisation="asked_by_id", person=None),
        append_only("entitlements_check"),
        migrations.RunSQL(CHECKING, "DROP FUNCTION entitlement_by_number(text, text, date)"),
        migrations.RunSQL(
            "CREATE SEQUENCE entitlements_number", "DROP SEQUENCE entitlements_number"
        ),
    ]
