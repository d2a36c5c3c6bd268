"""Fixtures of certificates."""

import io

import pytest
from pypdf import PdfReader


@pytest.fixture
def pdf_text():
    """Return what reads the text of a PDF, page by page, with blanks and line ends made one."""

    def read(content: bytes) -> list[str]:
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    return read
