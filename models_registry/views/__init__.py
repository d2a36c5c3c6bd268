"""Staff pages of the registry, one room per task."""
