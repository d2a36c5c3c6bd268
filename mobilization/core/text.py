"""Vietnamese text: one stored form, one folded form for search, one order for people."""

import unicodedata

# Tones are last in the Vietnamese order, and in this order of their own (TCVN 6909).
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x41 + position) for position, letter in enumerate(_LETTERS)}
# Ð (U+00D0) is typed for Đ (U+0110) on many old keyboards and looks the same.
_SAME_LETTER = str.maketrans({"\u00d0": "\u0110", "\u00f0": "\u0111"})


def nfc(text: str) -> str:
    """Return ``text`` in the form in which all text is stored: NFC, with the Icelandic eth read as Vietnamese Đ."""
    return unicodedata.normalize("NFC", text.translate(_SAME_LETTER))


def fold(text: str) -> str:
    """Return ``text`` without case, accents and the stroke of đ; the same as ``portal_fold`` in the database."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    bare = bare.translate(str.maketrans("ĐđÐð", "dddd"))
    return "".join(c.lower() if c.isascii() else c for c in bare)


def vietnamese_sort_key(text: str) -> str:
    """Return a key whose byte order is the Vietnamese dictionary order (a ă â b … d đ e ê …, tones last).

    Letters are compared first over the whole text, tones only where all letters are the same. Digits come before
    letters and are compared as numbers, so that "Tổ 2" stands before "Tổ 10".
    """
    letters: list[str] = []
    tones: list[str] = []
    digits = ""
    for cluster in _clusters(nfc(text).lower()):
        base, tone = cluster
        if base.isdigit() and base.isascii():
            digits += base
            continue
        if digits:
            letters.append(_number_key(digits))
            digits = ""
        if base in _RANK:
            letters.append(_RANK[base])
            tones.append(tone)
        elif base.isspace() or base in "-–—_/":
            letters.append(" ")
    if digits:
        letters.append(_number_key(digits))
    return "".join(letters).strip() + "\x01" + "".join(tones)


def person_sort_key(full_name: str) -> str:
    """Return the sort key of a person: by given name (the last word), then by the whole name."""
    words = nfc(full_name).split()
    given = words[-1] if words else ""
    return f"{vietnamese_sort_key(given)}\x02{vietnamese_sort_key(' '.join(words))}"


def _number_key(digits: str) -> str:
    stripped = digits.lstrip("0")[:60] or "0"
    return f"{len(stripped):02d}{stripped}"


def _clusters(text: str) -> list[tuple[str, str]]:
    """Split ``text`` into (letter without tone, rank of its tone)."""
    result = []
    for character in text:
        tone = "0"
        kept = []
        for part in unicodedata.normalize("NFD", character):
            if part in _TONES:
                tone = _TONES[part]
            else:
                kept.append(part)
        result.append((unicodedata.normalize("NFC", "".join(kept)), tone))
    return result
