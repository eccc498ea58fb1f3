"""Milestones counted back from a deadline over working days (倒排工期), and what a late one moves."""
