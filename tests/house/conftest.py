"""House tests that ask the database do so as the application does."""

import django

# Before the test modules, which import what holds models.
django.setup()
