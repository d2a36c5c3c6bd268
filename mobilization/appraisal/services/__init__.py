"""What fair review writes: declarations, score sheets, notes and surveys, sessions of the council."""

from mobilization.appraisal.services.closing import close
from mobilization.appraisal.services.declaring import declare
from mobilization.appraisal.services.members import set_members, stand_aside, take_part_again
from mobilization.appraisal.services.notes import remove_note, write_note
from mobilization.appraisal.services.sessions import (
    add_to_agenda,
    change_session,
    hold,
    make_session,
    remove_from_agenda,
)
from mobilization.appraisal.services.sheets import save_sheet
from mobilization.appraisal.services.surveys import record_survey
from mobilization.appraisal.services.voting import vote, vote_rest

__all__ = [
    "add_to_agenda",
    "change_session",
    "close",
    "declare",
    "hold",
    "make_session",
    "record_survey",
    "remove_from_agenda",
    "remove_note",
    "save_sheet",
    "set_members",
    "stand_aside",
    "take_part_again",
    "vote",
    "vote_rest",
    "write_note",
]
