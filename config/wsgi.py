"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from standpipe.gateway.loaded import connectors  # noqa: E402 (Django first)
from standpipe.packs.loaded import packs_in_folder  # noqa: E402

# A faulty pack or a connector without its settings stops the start, and not the first visitor.
packs_in_folder()
connectors()
