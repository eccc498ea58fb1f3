"""Names in a plan become the county's units; its times become days."""
