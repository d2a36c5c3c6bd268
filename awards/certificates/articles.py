"""The articles of a decision: what it grants, corrects or revokes, and who carries it out."""

from collections.abc import Sequence

from awards.certificates import bodies, facts
from awards.models import Award, Decision
from awards.states import AmendmentKind
from mobilization.core.text import nfc

MOVEMENT = "phong trào thi đua “Dân vận khéo”"
_PAPERS = ("bằng", "giấy", "cờ", "huân", "huy")
"""How forms of award begin that are handed over; the others (praise) are spoken."""
_REWARD = (
    "Tập thể, cá nhân, hộ gia đình có tên tại Điều 1 được nhận tiền thưởng theo quy định hiện hành của pháp luật về "
    "thi đua, khen thưởng."
)
_REPLACED = (
    "Giấy, bằng đã cấp theo Quyết định nêu trên cho các trường hợp tại Điều 1 không còn giá trị và được thay bằng giấy, "
    "bằng cấp theo Quyết định này."
)
_TAKEN_BACK = (
    "Thu hồi giấy, bằng và tiền thưởng đã trao cho các trường hợp tại Điều 1 theo quy định của pháp luật về thi đua, "
    "khen thưởng."
)
_DONE_BY = (
    "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị có liên quan và các tập thể, cá nhân, hộ gia đình "
    "có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."
)


def articles(decision: Decision, awards: Sequence[Award]) -> list[str]:
    """Return the text of each article; ``awards`` are those granted, corrected or revoked."""
    if decision.amendment_kind == AmendmentKind.CORRECTION:
        return [_amending("Đính chính nội dung khen thưởng", decision, awards), _REPLACED, _DONE_BY]
    if decision.amendment_kind == AmendmentKind.REVOCATION:
        return [_amending("Hủy bỏ việc khen thưởng", decision, awards), _TAKEN_BACK, _DONE_BY]
    return [_granting(decision, awards), _REWARD, _DONE_BY]


def _granting(decision: Decision, awards: Sequence[Award]) -> str:
    by_form: dict[tuple[str, str], list[Award]] = {}
    for award in awards:
        key = (award.form.name, bodies.granting_body(award.form, decision.unit))
        by_form.setdefault(key, []).append(award)
    parts = [
        f"Tặng {name} của {body} cho {facts.counted(group)}"
        if name.lower().startswith(_PAPERS)
        else f"{name} {facts.counted(group)}"
        for (name, body), group in by_form.items()
    ]
    return f"{'; '.join(parts)} đã có thành tích xuất sắc trong {MOVEMENT} (có danh sách kèm theo)."


def _amending(what: str, decision: Decision, awards: Sequence[Award]) -> str:
    amended = decision.amends
    where = f"tại Quyết định số {amended.number} {facts.day_of(amended)}"
    reason = " ".join(nfc(decision.reason).split())
    end = "" if reason.endswith((".", "!", "?")) else "."
    return f"{what} {where} đối với {facts.counted(awards)} (có danh sách kèm theo). Lý do: {reason}{end}"
