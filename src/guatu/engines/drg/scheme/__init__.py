"""A grouping scheme: tables in a folder, checked and built into a model."""
