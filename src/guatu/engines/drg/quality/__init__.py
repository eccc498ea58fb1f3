"""Quality control: what should be looked at, with numbers and reasons. Nothing here is a verdict."""
