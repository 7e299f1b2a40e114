"""Sessions in the database, which every page asks for."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from standpipe.rows.queries import find


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is looked up."""

    def _get_session_from_db(self) -> Session | None:
        for session in find(Session, session_key=self.session_key):
            if session.expire_date > timezone.now():
                return session
        self._session_key = None
        return None
