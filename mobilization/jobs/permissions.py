"""Whose job is it? Who else may see it is said by the app that knows the roles."""

import rules


@rules.predicate
def is_own_job(user, job=None) -> bool:
    """Whoever asked for a job may follow it; without a job the question is open for everybody."""
    return job is None or job.actor_id == user.pk
