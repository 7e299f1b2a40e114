from django.db import migrations

# Whoever knows number, birth date and postcode may ask about an entry without signing in; they
# learn whether all three are right, and nothing else.
MATCHING = """
CREATE FUNCTION entitlement_of_holder(
    wanted_kind text, wanted_number text, born date, wanted_postcode text
)
RETURNS TABLE (id uuid, organisation uuid, person uuid, status text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, organisation_id, person_id, status
    FROM entitlements_entitlement
    WHERE kind = wanted_kind AND number = wanted_number AND holder_birth_date = born
        AND holder_postcode = wanted_postcode AND holder_postcode <> '' AND left_to = ''
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0007_orders")]

    operations = [
        migrations.RunSQL(
            MATCHING, "DROP FUNCTION entitlement_of_holder(text, text, date, text)"
        ),
    ]
