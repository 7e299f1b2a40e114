"""People, the accounts they sign in with, staff, and the systems that act for organisations."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from standpipe.kernel.identifiers import new_id


class Person(models.Model):
    """Somebody we may know facts about; the row itself says nothing of them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    created_at = models.DateTimeField()
    # When we were told that they died; from then on nothing is written to them.
    death_noted_at = models.DateTimeField(null=True)


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the e-mail address is the name to sign in with."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> "Account":
        account = self.model(email=self.normalize_email(email), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A way to sign in, as a resident or as staff."""

    id = models.UUIDField(primary_key=True, default=new_id)
    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """That an account works for an organisation, and as what."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    roles = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], name="identity_one_membership_an_account")
        ]


class Client(models.Model):
    """A system of an organisation that uses the API (OAuth 2.0 client credentials)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT)
    name = models.CharField(max_length=200)
    client_id = models.CharField(max_length=64, unique=True)
    # A random secret of 256 bits needs no slow hash: there is nothing to guess.
    secret_sha256 = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=60))
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)


class AccessToken(models.Model):
    """A token that a client was given; only its hash is kept."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    scopes = ArrayField(models.CharField(max_length=60))
    expires_at = models.DateTimeField()
