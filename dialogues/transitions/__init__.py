"""One public function per act: ``transitions.dialogue`` and ``transitions.opinion``.

Each act is one transaction: lock the row, compare what the actor saw, check ``MOVES`` and the facts, change the row,
write its step and its audit entry. Roles are asked at the boundary, by ``permissions``.
"""
