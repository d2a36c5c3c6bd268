"""The tables of accounts: people and their positions; what a person keeps of the lists; forms that were sent."""

# The first migration names the two functions by this package.
from mobilization.accounts.models.own_lists import ListColumns, SavedFilter
from mobilization.accounts.models.people import (
    POSITION_COLUMNS,
    Position,
    User,
    _DateRange,
    _OneNumber,
    held_by,
)
from mobilization.accounts.models.sending import Sending

__all__ = [
    "POSITION_COLUMNS",
    "ListColumns",
    "Position",
    "SavedFilter",
    "Sending",
    "User",
    "_DateRange",
    "_OneNumber",
    "held_by",
]
