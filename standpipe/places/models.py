"""Organisations and addresses of the place, loaded from its folder."""

from django.db import models


class Organisation(models.Model):
    """One organisation of the place; its words and looks stay in the place's folder."""

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.TextField()
    kind = models.CharField(max_length=40)


class Address(models.Model):
    """One address of the place's gazetteer."""

    uprn = models.CharField(max_length=12, primary_key=True)
    line1 = models.TextField()
    line2 = models.TextField(blank=True)
    town = models.TextField()
    postcode = models.CharField(max_length=8, db_index=True)
    district = models.SlugField()
