"""Entering decisions quietly and taking them back; announcing them all at once."""

from mobilization.publication.services.pending import enter, withdraw
from mobilization.publication.services.publishing import Preview, preview, publish

__all__ = ["Preview", "enter", "preview", "publish", "withdraw"]
