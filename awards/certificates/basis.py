"""The legal basis of a decision, with full titles: the catalogue names laws and decrees by their numbers."""

import datetime
from collections.abc import Sequence

from awards.certificates import bodies
from awards.models import Award, Decision
from mobilization.units.states import UnitKind

_TITLES = {
    "15/2003/QH11": "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003 và các luật sửa đổi, bổ sung",
    "06/2022/QH15": "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "91/2017/NĐ-CP": "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành "
    "một số điều của Luật Thi đua, khen thưởng",
    "98/2023/NĐ-CP": "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành "
    "một số điều của Luật Thi đua, khen thưởng",
    "152/2025/NĐ-CP": "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân "
    "quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi đua, "
    "khen thưởng",
}
_LOCAL_GOVERNMENT = (
    (datetime.date(2025, 6, 16), "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"),
    (datetime.date(2025, 3, 1), "Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025"),
    (
        datetime.date(2016, 1, 1),
        "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và Luật sửa đổi, bổ sung ngày 22 tháng 11 năm 2019",
    ),
)
"""From which day on which law stands first: 72/2025/QH15, 65/2025/QH15, 77/2015/QH13."""


def legal_basis(decision: Decision, awards: Sequence[Award]) -> list[str]:
    """Return the laws and decrees that the decision rests on, each beginning with "Căn cứ"."""
    named = [part.strip() for award in awards for part in award.form.legal_basis.split(";") if part.strip()]
    of_party = any(
        bodies.is_of_the_party(bodies.granting_body(award.form, decision.unit)) for award in awards
    )
    laws = ["" if of_party else _local_government(decision), *(_title(name) for name in named)]
    return [f"Căn cứ {law}" for law in dict.fromkeys(laws) if law]


def _title(name: str) -> str:
    return next((title for number, title in _TITLES.items() if number in name), name)


def _local_government(decision: Decision) -> str:
    if decision.unit.kind == UnitKind.COMMITTEE:
        return ""
    on = decision.signed_on or decision.drafted_at.date()
    return next((law for start, law in _LOCAL_GOVERNMENT if on >= start), "")
