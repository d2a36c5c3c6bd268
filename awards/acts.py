"""What the acts on decisions, awards, the catalogue and old registers read like in the log."""

from django.utils.translation import gettext_lazy as _

from awards.states import Act, NominationAct
from mobilization.audit import acts

DECISION_ACTS = {
    **{f"decision.{act.value}": act.label for act in Act},
    "decision.change": _("Draft changed"),
    "decision.discard": _("Draft thrown away"),
    "decision.export": _("Register of decisions exported"),
}
AWARD_ACTS = {
    "award.add": _("Award added"),
    "award.change": _("Award changed"),
    "award.remove": _("Award taken out"),
    "award.export": _("Awards exported"),
    "award.export_candidates": _("Registrations not yet awarded exported"),
}
NOMINATION_ACTS = {
    **{f"nomination.{act.value}": act.label for act in NominationAct},
    "nomination.session": _("Examination recorded"),
    "nomination.many": _("Many nominations at once"),
    "nomination.attach": _("Paper added to a dossier"),
    "nomination.detach": _("Paper taken out of a dossier"),
    "nomination.export": _("Nominations exported"),
    "nomination.export_examinations": _("Examinations exported"),
    "nomination.paper": _("Draft of a paper taken as a file"),
    "nomination.minutes": _("Minutes of an examination taken as a file"),
}
RECIPIENT_ACTS = {
    "recipient.add": _("Recipient recorded"),
    "recipient.change": _("Recipient changed"),
    "recipient.merge": _("Recipients merged"),
    "recipient.unmerge": _("Merging of recipients undone"),
    "recipient.export": _("Recipients exported"),
}
CATALOGUE_ACTS = {
    "catalogue.add": _("Form of award added"),
    "catalogue.change": _("Form of award changed"),
    "catalogue.succeed": _("Form of award ended, its successor opened"),
}
REGISTER_ACTS = {
    "register.load": _("Register loaded"),
    "register.undo": _("Loading of a register undone"),
}
PARTICULARS = {
    "from": _("State before"),
    "to": _("State after"),
    "number": _("Number"),
    "title": _("Title"),
    "corrects": _("Corrects (number)"),
    "by_decision": _("By the decision (number)"),
    "awards": _("Awards"),
    "recipient": _("Recipient"),
    "registration": _("Registration (number)"),
    "code": _("Code"),
    "rows": _("Rows"),
    "sha256": _("Hash of the file"),
    "examination": _("Examination (number)"),
    "votes_for": _("Votes in favour"),
    "votes_against": _("Votes against"),
    "present": _("Members present"),
    "acknowledged": _("Warnings acknowledged"),
    "decision": _("Decision (number)"),
    "nomination": _("Nomination (number)"),
    "nominations": _("Nominations"),
    "part": _("Paper"),
    "file": _("File"),
    "double": _("Double (number)"),
    "kind": _("Kind"),
    "fields": _("Fields"),
}


def register() -> None:
    """Tell the log."""
    acts.register("decision", _("Decisions"), DECISION_ACTS, PARTICULARS)
    acts.register("award", _("Awards"), AWARD_ACTS, PARTICULARS)
    acts.register("nomination", _("Nominations"), NOMINATION_ACTS, PARTICULARS)
    acts.register("recipient", _("Recipients"), RECIPIENT_ACTS, PARTICULARS)
    acts.register("catalogue", _("Catalogue of awards"), CATALOGUE_ACTS, PARTICULARS)
    acts.register("register", _("Old registers"), REGISTER_ACTS, PARTICULARS)
