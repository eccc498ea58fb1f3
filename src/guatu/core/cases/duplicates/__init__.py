"""Reports of the same matter: the same class, near each other, within a time."""
