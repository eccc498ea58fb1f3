"""Large computations that are no pack: their tables and parameters are content, in the pack of the same name."""
