"""Whose job is it? Who else may see it is said by the app that knows the roles."""

import rules

from mobilization.jobs.handlers import may_ask


@rules.predicate
def is_own_job(user, job=None) -> bool:
    """Whoever asked for a job may follow it; without a job the question is open for everybody."""
    return job is None or job.actor_id == user.pk


@rules.predicate
def may_ask_for_such(user, job=None) -> bool:
    """To ask for a job again takes what it took to ask for it first."""
    return job is None or may_ask(user, job)
