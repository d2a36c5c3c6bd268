"""PDF documents on paper of the State: a form in ``templates/documents/`` is filled with plain data.

The forms follow Nghị định 30/2020/NĐ-CP (Annex I) and are Vietnamese whatever the reader's language, like the paper.
They are set in Libertinus Serif, which comes inside typst and has all Vietnamese letters: the same file comes out on
every machine, whatever fonts it has.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

FORMS = Path(settings.BASE_DIR) / "templates" / "documents"


def pdf(form: str, data: dict[str, Any]) -> bytes:
    """Return the PDF of ``form`` (its name without suffix), filled with ``data`` (plain values, as JSON takes them).

    Text of ``data`` is shown as it is, never read as markup. Raises ``typst.TypstError`` where the form is wrong.
    """
    compiler = typst.Compiler(
        input=FORMS / f"{form}.typ",
        root=FORMS,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return compiler.compile(format="pdf")


@cache
def _fonts() -> typst.Fonts:
    """Return typst's own fonts; looking for others takes longer than setting a page."""
    return typst.Fonts(include_system_fonts=False)
