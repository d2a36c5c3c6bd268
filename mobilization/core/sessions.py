"""Sessions as Django keeps them, in cache and database, under keys that the portal could have given out."""

from django.contrib.sessions.backends import cached_db

LONGEST_KEY = 40
"""The room that the table of sessions has for a key."""


class SessionStore(cached_db.SessionStore):
    """A cookie that holds no such key begins a new session; a NUL in it would otherwise fail in the database."""

    def _validate_session_key(self, key: str) -> bool:
        may_be = super()._validate_session_key(key) and len(key) <= LONGEST_KEY
        return may_be and key.isascii() and key.isalnum()
