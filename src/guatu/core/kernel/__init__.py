"""Small value types that every domain shares."""
