"""Pages of fair review."""
