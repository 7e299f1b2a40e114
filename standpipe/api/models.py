"""What was answered to each idempotency key."""

from django.db import models

from standpipe.kernel.identifiers import new_id


class KeyedRequest(models.Model):
    """One request with an idempotency key, and the answer that every repeat of it gets."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE)
    route = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    answer = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "route", "key"], name="api_one_answer_a_key"
            )
        ]
