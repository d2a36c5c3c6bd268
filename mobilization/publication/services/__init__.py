"""Entering decisions quietly and taking them back; announcing them all at once."""

from mobilization.publication.services.pending import enter, withdraw

__all__ = ["enter", "withdraw"]
