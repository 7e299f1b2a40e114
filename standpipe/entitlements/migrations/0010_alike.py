from django.db import migrations

# Whether somebody holds one already is asked by whoever would be granted another, to whom rows of
# other accounts are nothing: they are told that there is one, and nothing that stands in it.
ALIKE = """
CREATE FUNCTION entitlement_held_alike(
    wanted_kind text, sha text, held_by text, born date, at_postcode text, day date
)
RETURNS TABLE (id uuid, organisation uuid, person uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, organisation_id, person_id
    FROM entitlements_entitlement
    WHERE kind = wanted_kind AND status IN ('ordered', 'issued') AND left_to = ''
        AND expires_on >= day
        AND ((holder_sha256 = sha AND sha <> '')
            OR (lower(holder_name) = lower(held_by) AND held_by <> ''
                AND holder_birth_date = born
                AND holder_postcode = at_postcode AND at_postcode <> ''))
$$;
CREATE INDEX entitlements_same_home ON entitlements_entitlement
    (kind, holder_postcode, holder_birth_date);
"""
ALIKE_BACK = """
DROP INDEX entitlements_same_home;
DROP FUNCTION entitlement_held_alike(text, text, text, date, text, date);
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0009_several_of_a_case")]

    operations = [migrations.RunSQL(ALIKE, ALIKE_BACK)]
