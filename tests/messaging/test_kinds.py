"""The words of messages: made when read, in the reader's language, from whatever data there is."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from mobilization.messaging import kinds
from mobilization.messaging.kinds import Kind, day, filled, paragraphs
from mobilization.messaging.models import Message


def test_kind_unknown_when_read_still_shows():
    message = Message(kind="gone.since", data={"title": "Khéo"})
    assert (message.subject, message.body) == ("Khéo", "")
    assert message.group_label
    assert Message(kind="gone.since").subject


def test_only_what_was_returned_and_what_is_due_tomorrow_goes_out_at_once():
    codes = {code for group in kinds.groups() for code in kinds.codes_of(group)}
    at_once = {code for code in codes if kinds.kind_of(code).at_once}
    portal = {
        code
        for code in at_once
        if code.startswith(("registration.", "opinion.", "dialogue.", "publication."))
    }
    assert portal == {"registration.returned", "registration.due_tomorrow"}


def test_words_follow_the_language_of_the_reader():
    words = filled(gettext_lazy("Registrations"))
    said = []
    for language in ("vi", "en"):
        with translation.override(language):
            said.append(words(Message(kind="x")))
    assert said[1] == "Registrations" != said[0]


@pytest.mark.parametrize("data", [{}, {"title": None}, {"title": ""}])
def test_filled_with_missing_data_says_a_dash(data):
    assert filled("Of %(title)s")(Message(data=data)) == "Of –"


def test_filled_leaves_a_part_out_that_lacks_what_it_needs():
    words = paragraphs(filled("A"), filled("Until %(due_on)s", needs="due_on", due_on=day))
    assert words(Message(data={})) == "A"
    assert words(Message(data={"due_on": "2026-11-02"})) == "A\n\nUntil 02/11/2026"


def test_day_that_is_none_stays_as_it_is():
    assert (day("2026-11-02"), day("soon")) == ("02/11/2026", "soon")


def test_text_with_a_percent_sign_is_text():
    assert filled("%(title)s")(Message(data={"title": "100 %(x)s %d"})) == "100 %(x)s %d"


def test_subject_is_one_line():
    assert Message(kind="test.news", data={"title": "Khéo\r\nBcc: all@example.org"}).subject == (
        "News: Khéo Bcc: all@example.org"
    )


def test_two_kinds_with_one_code_are_refused():
    words = filled("x")
    with pytest.raises(ValueError, match=r"test\.news"):
        kinds.register(Kind("test.news", "Other", "test", at_once=True, subject=words, body=words))
