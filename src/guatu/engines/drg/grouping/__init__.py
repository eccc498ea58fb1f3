"""Grouping of stays: a readable form that says why, and a fast columnar form; both give the same."""
