"""Golden-book numbers without gaps, places in the annex, and codes that nobody can guess."""

from awards.certificates.codes import new_code
from awards.models import Award, Decision, NumberBook


def open_book(decision: Decision) -> NumberBook:
    """Return the golden book of the decision, locked: whoever numbers in it waits here."""
    keys = {"unit": decision.unit, "tier": decision.tier, "year": decision.signed_on.year}
    NumberBook.objects.bulk_create([NumberBook(**keys)], ignore_conflicts=True)
    return NumberBook.objects.select_for_update().get(**keys)


def number_awards(awards: list[Award], replaced: dict[int, Award], book: NumberBook, year: int) -> None:
    """Give each award its place in the annex, its number in the locked book, its code and its year."""
    for place, award in enumerate(awards, start=1):
        award.certificate_number = place
        award.book, award.golden_book_number = book, book.last_number + place
        award.verify_code = new_code()
        award.year = replaced[award.corrects_id].year if award.corrects_id else year
    Award.objects.bulk_update(
        awards, ["certificate_number", "book", "golden_book_number", "verify_code", "year"], batch_size=500
    )
    book.last_number += len(awards)
    book.save(update_fields=["last_number"])
