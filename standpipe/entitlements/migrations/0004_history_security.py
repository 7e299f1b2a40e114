from django.db import migrations

from standpipe.identity.row_security import append_only

# An organisation sees the history of what it holds now, and for ever what it did itself: so what
# it noted about another's entry stays in its sight, and what it handed over leaves it.
CONCERNS = """
ALTER TABLE entitlements_happening ENABLE ROW LEVEL SECURITY;
CREATE POLICY whom_it_concerns ON entitlements_happening USING (
    organisation_id = (SELECT NULLIF(current_setting('standpipe.organisation', true), '')::uuid)
    OR EXISTS (SELECT FROM entitlements_entitlement e WHERE e.id = entitlement_id)
);
"""
CONCERNS_BACK = """
DROP POLICY whom_it_concerns ON entitlements_happening;
ALTER TABLE entitlements_happening DISABLE ROW LEVEL SECURITY;
"""
# As before, and with the entry itself, so that what is noted about a number finds its entry.
CHECKING = """
DROP FUNCTION entitlement_by_number(text, text, date);
CREATE FUNCTION entitlement_by_number(wanted_kind text, wanted_number text, day date)
RETURNS TABLE (id uuid, valid boolean, person uuid, organisation uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT id, status = 'issued' AND day BETWEEN starts_on AND expires_on, person_id,
        organisation_id
    FROM entitlements_entitlement
    WHERE kind = wanted_kind AND number = wanted_number
$$;
"""
# A row that changes hands would be hidden from whoever writes it. Only its organisation or its
# holder can hand it over, once.
HANDING_OVER = """
CREATE FUNCTION hand_over_entitlement(entry uuid, to_organisation uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE entitlements_entitlement SET organisation_id = to_organisation
    WHERE id = entry AND (
        organisation_id = NULLIF(current_setting('standpipe.organisation', true), '')::uuid
        OR person_id = NULLIF(current_setting('standpipe.person', true), '')::uuid
    );
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such entry to hand over' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0003_history"), ("audit", "0002_hash_chain")]

    operations = [
        migrations.RunSQL(CONCERNS, CONCERNS_BACK),
        append_only("entitlements_happening"),
        migrations.RunSQL(CHECKING, migrations.RunSQL.noop),
        migrations.RunSQL(HANDING_OVER, "DROP FUNCTION hand_over_entitlement(uuid, uuid)"),
    ]
