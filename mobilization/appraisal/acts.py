"""What fair review reads like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACTS = {
    "appraisal.declare": _("Declared whether a relation exists"),
    "appraisal.save": _("Score sheet written"),
    "appraisal.hand_in": _("Score sheet handed in"),
    "appraisal.note": _("Note written"),
    "appraisal.remove_note": _("Note taken away"),
    "appraisal.survey": _("Survey on site recorded"),
}
SESSION_ACTS = {
    "session.make": _("Session of the council planned"),
    "session.change": _("Session of the council changed"),
    "session.members": _("Members of the session changed"),
    "session.agenda": _("Agenda of the session changed"),
    "session.aside": _("Member kept from voting on an item"),
    "session.take_part": _("Member votes on the item again"),
    "session.hold": _("Session of the council begun"),
    "session.vote": _("Votes of the council written down"),
    "session.close": _("Session of the council closed"),
    "session.export": _("List of sessions of the council taken as a file"),
    "session.minutes": _("Minutes of the council taken as a file"),
}
PARTICULARS = {
    "level": _("Level"),
    "related": _("A relation exists"),
    "visibility": _("Who reads it"),
    "count": _("How many"),
    "number": _("Number of the minutes"),
    "item": _("Item of the agenda"),
}


def register() -> None:
    """Tell the log."""
    acts.register("appraisal", _("Appraisal"), ACTS, PARTICULARS)
    acts.register("session", _("Sessions of the council"), SESSION_ACTS, PARTICULARS)
