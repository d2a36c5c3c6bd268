"""What a registration and a recognition must be. Forms, workbook imports, services and transitions all ask here.

Each function takes a record, which is a ``Registration`` or a mapping of its fields (a row of a workbook), and returns
sentences by field; nothing found is an empty dict. The table's constraints say the same for whoever comes another way.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import clean_text, validate_plausible_date

Problems = dict[str, list]

REQUIRED_TO_SUBMIT = (
    *("title", "registrant", "kind", "subject", "field", "level", "novelty"),
    *("aim", "method", "starts_on", "person_name"),
)
REQUIRED_TO_REPORT = ("result_summary",)
MAX_REASON = 2_000
MAX_REMARK = 1_000
MAX_BODY = 200
MAX_NUMBER = 60

_ASK = {
    "title": _("Say what the model is called."),
    "registrant": _("Say who registers: the collective or the person."),
    "kind": _("Choose whether it is a model, an example or a public work."),
    "subject": _("Choose whether a collective or an individual registers."),
    "field": _("Choose one of the four fields."),
    "level": _("Choose the level at which it is registered."),
    "novelty": _("Choose whether the model is new or maintained."),
    "aim": _("Say what the model is to achieve."),
    "method": _("Say how it is done."),
    "starts_on": _("Say when it starts."),
    "person_name": _("Name the person in charge."),
    "result_summary": _("Say what was achieved."),
}


def missing_to_submit(record: Any) -> Problems:
    """Return what is missing to submit ``record``."""
    return _missing(record, REQUIRED_TO_SUBMIT)


def missing_to_report(record: Any) -> Problems:
    """Return what is missing to report the results of ``record``."""
    return _missing(record, REQUIRED_TO_REPORT)


def contradictions(record: Any) -> Problems:
    """Return where the fields of ``record`` contradict each other; empty fields contradict nothing."""
    found: Problems = defaultdict(list)
    starts_on, ends_on = _value(record, "starts_on"), _value(record, "ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        found["ends_on"].append(_("The end must not be before the start."))
    money, from_people = _value(record, "money"), _value(record, "money_from_people")
    if money is not None and from_people is not None and from_people > money:
        found["money_from_people"].append(
            _("The money from the people is a part of the money in all; it cannot be more.")
        )
    return dict(found)


def problems_of_recognition(
    body: str, number: str, decided_on: datetime.date | None, *, today: datetime.date
) -> Problems:
    """Return what is wrong with the decision that recognises: body, number and date are all needed."""
    found: Problems = defaultdict(list)
    for name, text, ask, limit in (
        ("body", body, _("Name the body that recognises."), MAX_BODY),
        ("number", number, _("Give the number of the decision."), MAX_NUMBER),
    ):
        sentence = _text_problem(text, limit)
        if not text or not text.strip():
            found[name].append(ask)
        elif sentence:
            found[name].append(sentence)
    if decided_on is None:
        found["decided_on"].append(_("Give the date of the decision."))
    elif decided_on > today:
        found["decided_on"].append(_("The decision cannot lie in the future."))
    else:
        found["decided_on"] += _sentences(validate_plausible_date, decided_on)
    return {name: sentences for name, sentences in found.items() if sentences}


def problems_of_opening(year: int, opened_on: datetime.date) -> Problems:
    """Return what is wrong with the day from which on units submit to the campaign of ``year``."""
    if opened_on.year in {year - 1, year}:
        return {}
    return {"opened_on": [_("Open it in its year, or at the end of the year before.")]}


def problems_of_words(
    reason: str, *, needed: bool, remarks: Mapping[str, str] | None = None, fields: Collection[str] = ()
) -> Problems:
    """Return what is wrong with a reviewer's words: the reason, and remarks on ``fields`` of the form."""
    found: Problems = defaultdict(list)
    if needed and not reason.strip():
        found["reason"].append(_("Give a reason."))
    sentence = _text_problem(reason, MAX_REASON)
    if sentence:
        found["reason"].append(sentence)
    for name, text in (remarks or {}).items():
        if name not in fields:
            found["remarks"].append(_("There is no field “%(name)s” to remark on.") % {"name": name[:40]})
        elif _text_problem(text, MAX_REMARK):
            found["remarks"].append(_text_problem(text, MAX_REMARK))
    return dict(found)


def _missing(record: Any, names: Collection[str]) -> Problems:
    return {name: [_ASK[name]] for name in names if not _is_filled(_value(record, name))}


def _is_filled(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _value(record: Any, name: str) -> Any:
    return record.get(name) if isinstance(record, Mapping) else getattr(record, name)


def _text_problem(text: str, limit: int) -> Any:
    if len(text) > limit:
        return _("This text is too long: %(limit)d characters at most.") % {"limit": limit}
    sentences = _sentences(clean_text, text)
    return sentences[0] if sentences else None


def _sentences(check: Any, value: Any) -> list:
    try:
        check(value)
    except ValidationError as error:
        return list(error.messages)
    return []
