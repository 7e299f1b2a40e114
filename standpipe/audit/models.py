"""Rows of the audit log; the database itself refuses to change them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Chain(models.Model):
    """The head of one hash chain: how many entries it has, and the hash of the last."""

    number = models.SmallIntegerField(primary_key=True)
    length = models.BigIntegerField()
    head = models.CharField(max_length=64)


class Entry(models.Model):
    """
    One thing done. `body` is the canonical text that is hashed; the other columns repeat
    parts of it so that they can be searched, and `verify` checks that they agree.
    """

    id = models.UUIDField(primary_key=True)
    chain = models.SmallIntegerField()
    position = models.BigIntegerField()
    at = models.DateTimeField()
    verb = models.TextField()
    organisation_id = models.UUIDField(null=True)
    subjects = ArrayField(models.UUIDField())
    body = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="audit_entry_place_in_chain")
        ]
        indexes = [
            GinIndex(fields=["subjects"], name="audit_entry_subjects"),
            models.Index(fields=["organisation_id", "at"], name="audit_entry_organisation"),
        ]
