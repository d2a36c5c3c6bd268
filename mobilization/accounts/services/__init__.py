"""Acts in which accounts, positions and units change together."""

from mobilization.accounts.services.invitations import INVITATION_JOB, invite, invite_again
from mobilization.accounts.services.reorganisation import (
    PositionMoves,
    ReorganisationReport,
    apply_reorganisation,
    move_all_positions,
    move_positions,
)

__all__ = [
    "INVITATION_JOB",
    "PositionMoves",
    "ReorganisationReport",
    "apply_reorganisation",
    "invite",
    "invite_again",
    "move_all_positions",
    "move_positions",
]
