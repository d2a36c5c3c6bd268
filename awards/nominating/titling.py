"""The subject of a decision as it is proposed: words of paper, Vietnamese whatever language its author reads."""

from collections.abc import Iterable, Sequence

from awards.models import AwardForm, Nomination
from awards.states import RecipientKind

MOVEMENT = "phong trào thi đua “Dân vận khéo”"
_KINDS = {
    RecipientKind.COLLECTIVE: "tập thể",
    RecipientKind.INDIVIDUAL: "cá nhân",
    RecipientKind.HOUSEHOLD: "hộ gia đình",
}
_PRAISE = "biểu dương"


def subject_of(nominations: Sequence[Nomination]) -> str:
    """Return the subject of a decision on ``nominations`` (with form, recipient and registration): form, kinds, year.

    The year is that of the campaign of the registrations behind them, else the one in which they were proposed.
    """
    forms = sorted({row.form for row in nominations}, key=lambda form: (form.code, form.pk))
    kinds = [word for kind, word in _KINDS.items() if any(row.recipient.kind == kind for row in nominations)]
    whom = f"{'các ' if len(nominations) > 1 else ''}{_listed(kinds)}"
    years = {row.registration.year if row.registration else row.proposed_on.year for row in nominations}
    return f"Về việc {_granting(forms)} {whom} có thành tích xuất sắc trong {MOVEMENT} {_time(years)}"


def usual_subject(year: int) -> str:
    """Return the subject of a decision of which nothing is known yet but the year."""
    return f"Về việc khen thưởng thành tích xuất sắc trong {MOVEMENT} năm {year}"


def _granting(forms: Sequence[AwardForm]) -> str:
    praised = [form for form in forms if form.name.lower().startswith(_PRAISE)]
    given = list(dict.fromkeys(form.name for form in forms if form not in praised))
    words = [f"tặng {_listed(given)} cho"] if given else []
    return " và ".join([*words, *([_PRAISE] if praised else [])])


def _time(years: Iterable[int]) -> str:
    first, *others = sorted(years)
    if not others:
        return f"năm {first}"
    if others[-1] - first == len(others):
        return f"giai đoạn {first} - {others[-1]}" if len(others) > 1 else f"năm {first} và năm {others[-1]}"
    return f"các năm {', '.join(map(str, [first, *others]))}"


def _listed(words: Sequence[str]) -> str:
    return " và ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
