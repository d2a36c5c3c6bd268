"""Who looks after the outbox. One's own messages are everybody's who may enter the desk (``desk.use``)."""

import rules

from mobilization.accounts.permissions import is_administrator

rules.add_perm("messaging.view_outbox", is_administrator)
rules.add_perm("messaging.retry_delivery", is_administrator)
