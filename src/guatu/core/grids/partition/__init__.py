"""A town's residential units put together to grids under a limit of residents; see
docs/algorithms/grid-partition.md."""
