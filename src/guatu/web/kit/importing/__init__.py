"""The pages and the background work of every import."""
