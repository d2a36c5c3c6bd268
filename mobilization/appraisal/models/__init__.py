"""The tables of fair review: score sheets; notes and surveys; sessions of the council."""

from mobilization.appraisal.models.notes import Note, Survey, SurveyFile
from mobilization.appraisal.models.sessions import AgendaItem, CouncilSession, SessionMember, StandingAside
from mobilization.appraisal.models.sheets import Appraisal, Score

__all__ = [
    "AgendaItem",
    "Appraisal",
    "CouncilSession",
    "Note",
    "Score",
    "SessionMember",
    "StandingAside",
    "Survey",
    "SurveyFile",
]
