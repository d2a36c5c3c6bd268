"""What typst sets in portions is afterwards as if it had been set in one run."""

import io

import pikepdf
import pytest
import typst
from pypdf import PdfReader

from mobilization.core.joining import joined

PAGE = '#set document(title: "Giấy khen")\n#set text(lang: "vi")\n= Trang {0}\nHội Phụ nữ thôn {0}\n#table(columns: 2, table.header[Tên][Số], [Ữ {0}], [{0}])\n'


def parts(*names):
    fonts = typst.Fonts(include_system_fonts=False)
    for name in names:
        body = "#pagebreak()\n".join(PAGE.format(one) for one in name.split())
        yield typst.compile(input=body.encode(), font_paths=fonts)


def elements(node, found):
    """Collect the elements of a tree of tags with the pages that they lie on."""
    found.append((str(node.get("/S", "")), node.get("/Pg")))
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            elements(child, found)
    return found


def test_pages_come_in_order_with_text_that_is_found_and_fonts_embedded():
    pages = PdfReader(io.BytesIO(joined(parts("1 2", "3", "4")))).pages

    assert [f"Hội Phụ nữ thôn {number}" in page.extract_text() for number, page in enumerate(pages, 1)] == [
        True
    ] * 4
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)


def test_tags_of_every_part_hang_in_one_tree_and_know_their_pages():
    with pikepdf.open(io.BytesIO(joined(parts("1 2", "3", "4")))) as whole:
        root = whole.Root
        assert (str(root.Lang), str(whole.docinfo["/Title"])) == ("vi", "Giấy khen")
        assert bool(root.MarkInfo.Marked)
        (document,) = root.StructTreeRoot.K
        found = elements(document, [])
        headings = [page for kind, page in found if kind == "/H1"]
        assert [page.objgen for page in headings] == [page.obj.objgen for page in whole.pages]
        numbers = root.StructTreeRoot.ParentTree.Nums
        by_number = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}
        assert len(by_number) * 2 == len(numbers), "no number twice"
        assert max(by_number) < int(root.StructTreeRoot.ParentTreeNextKey)
        for page in whole.pages:
            tagged = by_number[int(page.obj.StructParents)]
            own = [one.Pg.objgen for one in tagged if one is not None and "/Pg" in one]
            assert set(own) == {page.obj.objgen}


def test_one_part_stays_what_it_is():
    (part,) = parts("1")

    assert (
        PdfReader(io.BytesIO(joined([part]))).pages[0].extract_text()
        == PdfReader(io.BytesIO(part)).pages[0].extract_text()
    )


def test_nothing_to_join_refused():
    with pytest.raises(ValueError, match="nothing"):
        joined([])
