"""Fixtures of awards. Models are imported inside them: this file is read before Django is set up."""

import io

import pytest
from pypdf import PdfReader


@pytest.fixture
def commune(db):
    """A commune of the city."""
    from tests.units.factories import UnitFactory  # noqa: PLC0415 -- this file is read before there are models

    return UnitFactory()


@pytest.fixture
def staff(db):
    """City staff, who drafts the city's decisions."""
    from tests.accounts.factories import user_with  # noqa: PLC0415 -- this file is read before there are models
    from tests.units.factories import city  # noqa: PLC0415 -- this file is read before there are models

    return user_with("city_staff", city())


@pytest.fixture
def leader(db):
    """The city leader, who issues them."""
    from tests.accounts.factories import user_with  # noqa: PLC0415 -- this file is read before there are models
    from tests.units.factories import city  # noqa: PLC0415 -- this file is read before there are models

    return user_with("city_leader", city())


@pytest.fixture
def pdf_text():
    """What reads the text of a PDF, page by page, with blanks and line ends made one."""

    def read(content: bytes) -> list[str]:
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().split()) for page in pages]

    return read
