"""Who signs in, and what each may do where, and when: users, positions, policy."""
