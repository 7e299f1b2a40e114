from django.db import migrations

from standpipe.identity.row_security import append_only, guard, show_also

ALSO = ["assessor_id = {organisation}"]
# What was disclosed is the assessor's to see while they work on it, and no longer.
WHILE_OPEN = [
    "assessor_id = {organisation} AND EXISTS (SELECT FROM assessments_referral r"
    " WHERE r.id = referral_id AND r.closed_at IS NULL)"
]
CONCERNED = {"organisation": "organisation_id", "person": "person_id"}


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0001_initial"),
        ("audit", "0002_hash_chain"),
        ("documents", "0002_row_security"),
    ]

    operations = [
        guard("assessments_referral", **CONCERNED, also=ALSO),
        guard("assessments_disclosure", **CONCERNED, also=WHILE_OPEN),
        guard("assessments_happening", **CONCERNED, also=ALSO),
        guard("assessments_report", **CONCERNED, also=ALSO),
        append_only("assessments_happening"),
        append_only("assessments_report"),
        # The row of the disclosure is itself seen by its own policy alone.
        show_also(
            "documents_document",
            "disclosed_to_an_assessor",
            "EXISTS (SELECT FROM assessments_disclosure d"
            " WHERE d.document = documents_document.id AND d.assessor_id = {organisation})",
        ),
    ]
