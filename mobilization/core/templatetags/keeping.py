"""Parts of pages that are the same for everybody are rendered once, not once a visit."""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from mobilization.core.once import Once

register = template.Library()

MOST_KEPT = 64
"""So many renderings of one part are kept; then it begins anew."""


class KeepNode(template.Node):
    """Renders its content once for each language and each set of values."""

    def __init__(self, content: NodeList, values: list[FilterExpression]) -> None:
        self.nodelist = content
        self.values = values
        self.once: Once[SafeString] = Once(MOST_KEPT)

    def render(self, context: Context) -> SafeString:
        """Return what is kept, or render it; in development nothing is kept."""
        if settings.DEBUG:
            return self._rendered(context)
        key = (get_language(), *(_plain(value.resolve(context)) for value in self.values))
        return self.once.get(key, lambda: self._rendered(context))

    def _rendered(self, context: Context) -> SafeString:
        return mark_safe(self.nodelist.render(context))  # noqa: S308 -- rendered by the template itself


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """``{% keep value … %}…{% endkeep %}``: a part that depends on the language and the values named, on nothing else.

    Never round what one visitor sees and another does not, nor round a block that other templates fill. The values
    are few: a name, a state, not an address.
    """
    values = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    content = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(content, values)


def _plain(value: Any) -> Any:
    """Return what a dictionary can hold; what is lazy is asked now."""
    return value if isinstance(value, bool | int | tuple) or value is None else str(value)
