from django.db import migrations

from standpipe.identity.row_security import guard

# Times are shown to those who may choose or free one: who is referred there, and who referred.
REFERRED = [
    "EXISTS (SELECT FROM assessments_referral r"
    " WHERE r.assessor_id = assessments_slot.organisation_id"
    " AND (r.person_id = {person} OR r.organisation_id = {organisation}))"
]


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_appointments")]

    operations = [
        guard(
            "assessments_slot", organisation="organisation_id", person=None, also=REFERRED
        ),
        guard(
            "assessments_appointment",
            organisation="organisation_id",
            person="person_id",
            also=["assessor_id = {organisation}"],
        ),
    ]
