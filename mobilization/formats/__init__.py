"""How dates and numbers are written, where Django's own choice differs from office usage."""
