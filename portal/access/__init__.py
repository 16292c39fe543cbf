"""Who may do what: the roles, the one table of permissions, and the one question asked of it."""
