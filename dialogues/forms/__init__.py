"""Forms of dialogues and opinions."""
