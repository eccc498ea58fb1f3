"""Notices (公示): what is shown to the public, from when to when, on what ground."""
