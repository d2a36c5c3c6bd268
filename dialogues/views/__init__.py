"""Staff pages of dialogues and opinions."""
