"""Declarations, score sheets, notes, surveys, and sessions of the council."""

from mobilization.appraisal.states import SessionState
from tests.access import post_only, staff
from tests.appraisal.factories import (
    AgendaItemFactory,
    CouncilSessionFactory,
    NoteFactory,
    StandingAsideFactory,
    SurveyFileFactory,
)
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import city


def reported(world):
    return {"pk": RegistrationFactory(unit=world.commune, reported=True).pk}


def reported_to_the_city(world):
    return {"pk": RegistrationFactory(unit=world.commune, reported=True, level="city").pk}


def note(world):
    return {"pk": NoteFactory(registration__unit=world.commune, author=world.users["reviewer"]).pk}


def survey_file(world):
    return {"pk": SurveyFileFactory(survey__registration__unit=world.commune).pk}


def session(world, **fields):
    return {"pk": CouncilSessionFactory(unit=world.commune, **fields).pk}


def session_of_the_city(_world):
    return {"pk": CouncilSessionFactory(unit=city(), level="city").pk}


def item(world):
    held = CouncilSessionFactory(unit=world.commune, state=SessionState.HELD)
    return {"pk": AgendaItemFactory(session=held).pk}


def aside(world):
    return {"pk": StandingAsideFactory(item__session__unit=world.commune).pk}


ROWS = [
    post_only("appraisal:declare", "reviewer city_staff", reported),
    staff("appraisal:sheet", "reviewer", reported),
    staff("appraisal:sheet", "city_staff", reported_to_the_city),
    post_only("appraisal:note", "reviewer city_staff city_leader", reported),
    post_only("appraisal:note_remove", "reviewer", note),
    staff("appraisal:survey", "reviewer city_staff", reported),
    staff("appraisal:survey_file", "reviewer city_staff city_leader auditor", survey_file),
    staff("appraisal:sessions", "reviewer city_staff city_leader"),
    staff("appraisal:session_add", "reviewer city_staff"),
    staff("appraisal:session", "reviewer city_staff", session),
    staff("appraisal:session", "city_staff", session_of_the_city),
    staff("appraisal:minutes", "reviewer city_staff", session),
    *(
        staff(f"appraisal:{name}", "reviewer", session)
        for name in ("session_edit", "members", "agenda", "close")
    ),
    staff("appraisal:close", "city_staff", session_of_the_city),
    post_only("appraisal:hold", "reviewer", session),
    post_only("appraisal:vote_rest", "reviewer", session),
    staff("appraisal:vote", "reviewer", item),
    staff("appraisal:aside", "reviewer", item),
    post_only("appraisal:take_part", "reviewer", aside),
    post_only("appraisal:item_remove", "reviewer", item),
]
