"""The words that registers use for the portal's codes; compared without case, accents and punctuation."""

import re
from functools import lru_cache

from awards.states import GrantingTier, RecipientKind
from dialogues.states import Chair
from dialogues.states import Kind as DialogueKind
from mobilization.core.text import fold
from models_registry.states import Kind, Level, Novelty, Outcome, State, Subject, WorkField

_APART = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4_096)
def squash(text: str) -> str:
    """Return ``text`` folded, with single blanks for everything that is no letter or digit."""
    return _APART.sub(" ", fold(text)).strip()


KINDS = {"mo hinh": Kind.MODEL, "dien hinh": Kind.EXAMPLE, "cong trinh": Kind.WORK}
SUBJECTS = {"tap the": Subject.COLLECTIVE, "ca nhan": Subject.INDIVIDUAL}
FIELDS = {
    "xay dung he thong chinh tri": WorkField.POLITICAL_SYSTEM,
    "he thong chinh tri": WorkField.POLITICAL_SYSTEM,
    "phat trien kinh te": WorkField.ECONOMY,
    "kinh te": WorkField.ECONOMY,
    "van hoa xa hoi": WorkField.CULTURE_SOCIETY,
    "quoc phong an ninh": WorkField.DEFENCE_SECURITY,
}
LEVELS = {
    "co so": Level.GRASSROOTS,
    "cap co so": Level.GRASSROOTS,
    "cap xa": Level.GRASSROOTS,
    "cap huyen": Level.INTERMEDIATE,
    "cap quan": Level.INTERMEDIATE,
    "cap thi xa": Level.INTERMEDIATE,
    "dang uy truc thuoc": Level.INTERMEDIATE,
    "dang uy truc thuoc thanh uy": Level.INTERMEDIATE,
    "thanh pho": Level.CITY,
    "cap thanh pho": Level.CITY,
}
NOVELTIES = {"moi": Novelty.NEW, "duy tri": Novelty.MAINTAINED}
OUTCOMES = {
    "": "",
    "nhan rong": Outcome.REPLICATE,
    "duy tri": Outcome.MAINTAIN,
    "cung co": Outcome.STRENGTHEN,
    "ket thuc": Outcome.END,
}
STATES = {
    "dang thuc hien": State.ACCEPTED,
    "da chap nhan": State.ACCEPTED,
    "da bao cao": State.REPORTED,
    "da cong nhan": State.RECOGNISED,
    "khong cong nhan": State.NOT_RECOGNISED,
}
YES_NO = {"": False, "khong": False, "co": True, "x": True}
DIALOGUE_KINDS = {"dinh ky": DialogueKind.PERIODIC, "dot xuat": DialogueKind.AD_HOC}
RECIPIENTS = {
    "tap the": RecipientKind.COLLECTIVE,
    "ca nhan": RecipientKind.INDIVIDUAL,
    "ho gia dinh": RecipientKind.HOUSEHOLD,
    "ho": RecipientKind.HOUSEHOLD,
}


def chair_of(text: str) -> str | None:
    """Return which chair a title means ("Bí thư Đảng ủy", "Chủ tịch HĐND"), None for any other title."""
    words = squash(text)
    if words.startswith("bi thu"):
        return Chair.PARTY_SECRETARY
    if not words.startswith("chu tich"):
        return None
    if "hdnd" in words or "hoi dong nhan dan" in words:
        return Chair.COUNCIL_CHAIR
    return Chair.COMMITTEE_CHAIR if "ubnd" in words or "uy ban nhan dan" in words else None


def granting_tier_of(text: str) -> str | None:
    """Return the tier of a granting body by its name, None where no tier is in it."""
    words = squash(text)
    tiers = (
        (r"\b(thu tuong|chinh phu|chu tich nuoc)\b", GrantingTier.STATE),
        (r"\b(thanh pho|thanh uy|tinh)\b", GrantingTier.CITY),
        (r"\b(huyen|(?<!co )quan|thi xa|thi uy)\b", GrantingTier.DISTRICT),
        (r"\b(xa|phuong|thi tran)\b", GrantingTier.COMMUNE),
        (r"\b(dang uy|co quan|don vi|truong|khoi)\b", GrantingTier.COMMITTEE),
    )
    return next((tier for pattern, tier in tiers if re.search(pattern, words)), None)
