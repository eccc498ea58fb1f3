"""One format a module."""
