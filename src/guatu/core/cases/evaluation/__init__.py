"""Evaluation of areas, units, posts and collectors: counts, rates over them, and scores by a declared sheet."""
