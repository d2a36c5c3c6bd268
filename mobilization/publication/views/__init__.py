"""Pages of the decisions that wait, of announcing them, and of what was announced."""
