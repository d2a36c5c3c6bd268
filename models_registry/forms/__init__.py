"""Forms of the registry, one room per task."""
