from django.db import migrations

from standpipe.audit.entry import CHAINS, FIRST_HASH

# The head of a chain is locked and moved on by the insert itself, as the owner, whatever the
# writer may do: so no two entries take the same place, and none is added without its hash.
CHAIN = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps what was written: it is never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_chain_on() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    behind audit_chain%ROWTYPE;
BEGIN
    SELECT * INTO STRICT behind FROM audit_chain WHERE number = NEW.chain FOR UPDATE;
    NEW.position := behind.length + 1;
    NEW.previous_hash := behind.head;
    NEW.hash := encode(sha256(convert_to(behind.head || NEW.body, 'UTF8')), 'hex');
    UPDATE audit_chain SET length = NEW.position, head = NEW.hash WHERE number = NEW.chain;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_entry_chains_on BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_chain_on();
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_entry_is_not_emptied BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE audit_chain SET (fillfactor = 50);
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY whom_it_concerns ON audit_entry FOR SELECT USING (
    organisation_id = (SELECT NULLIF(current_setting('standpipe.organisation', true), '')::uuid)
    OR subjects @> ARRAY[(SELECT NULLIF(current_setting('standpipe.person', true), '')::uuid)]
);
-- Whatever is done is recorded, whoever does it.
CREATE POLICY anybody_adds ON audit_entry FOR INSERT WITH CHECK (true);
"""

UNCHAIN = """
DROP POLICY anybody_adds ON audit_entry;
DROP POLICY whom_it_concerns ON audit_entry;
ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY;
DROP TRIGGER audit_entry_is_not_emptied ON audit_entry;
DROP TRIGGER audit_entry_is_append_only ON audit_entry;
DROP TRIGGER audit_entry_chains_on ON audit_entry;
DROP FUNCTION audit_chain_on();
DROP FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(CHAIN, UNCHAIN),
        migrations.RunSQL(
            f"INSERT INTO audit_chain SELECT n, 0, '{FIRST_HASH}'"
            f" FROM generate_series(0, {CHAINS - 1}) AS n",
            "DELETE FROM audit_chain",
        ),
    ]
