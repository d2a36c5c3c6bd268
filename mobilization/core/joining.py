"""Several PDFs of one kind made one, as if they had been set in one run: with the tags that screen readers go by."""

import io
from collections.abc import Iterable

from pikepdf import Dictionary, ObjectStreamMode, Pdf


def joined(parts: Iterable[bytes]) -> bytes:
    """Return ``parts`` (tagged PDFs as typst writes them, at least one) one behind the other.

    Title, language and author are those of the first. The tree of tags is one (ISO 32000-2, 14.7): elements of later
    parts hang under the first's document, and their pages are numbered on in its tree of parents. Parts are taken one
    by one, so that they may be made while they are joined. Raises ``ValueError`` without a part.
    """
    rest = iter(parts)
    first = next(rest, None)
    if first is None:
        raise ValueError("There is nothing to join.")
    whole = Pdf.open(io.BytesIO(first))
    for content in rest:
        with Pdf.open(io.BytesIO(content)) as part:
            _add(whole, part)
    out = io.BytesIO()
    whole.save(out, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


def _add(whole: Pdf, part: Pdf) -> None:
    tree, before = whole.Root.StructTreeRoot, len(whole.pages)
    offset = int(tree.ParentTreeNextKey)
    # The pages come first: what the tags then say of them finds them there.
    whole.pages.extend(part.pages)
    for page in whole.pages[before:]:
        if "/StructParents" in page.obj:
            page.obj.StructParents = int(page.obj.StructParents) + offset
    added: Dictionary = whole.copy_foreign(part.Root.StructTreeRoot)
    document = tree.K[0]
    for element in added.K[0].K:
        element.P = document
        document.K.append(element)
    numbered = added.ParentTree.Nums
    for place in range(0, len(numbered), 2):
        tree.ParentTree.Nums.append(int(numbered[place]) + offset)
        tree.ParentTree.Nums.append(numbered[place + 1])
    tree.ParentTreeNextKey = offset + int(added.ParentTreeNextKey)
    if "/IDTree" in added and "/IDTree" not in tree:
        tree.IDTree = added.IDTree
