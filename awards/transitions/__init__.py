"""The acts on a decision: one function each, one transaction, one actor.

Each locks the decision, checks ``MOVES`` and the state that the actor saw, changes, writes a ``DecisionStep`` and an
entry of the audit log. Roles are asked at the boundary (``permissions``), facts here. Locks are always taken in the
order decision → amended decision → golden book.
"""

from awards.transitions.amending import correct, revoke
from awards.transitions.issuing import describe_issue, issue

__all__ = ["correct", "describe_issue", "issue", "revoke"]
