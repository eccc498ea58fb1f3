"""DRG payment: grouping stays by a scheme of tables, points from history, settlement under a total budget.

`tables`, `table_writer`, `table_error`: record tables as Arrow batches (TSV, CSV, Parquet). `scheme`: layout, checks,
overlays and model of a grouping scheme. `grouping`: the readable form with its trace, the columnar form, files and
partitions. `pseudonyms`: identities replaced on import. `parameters`: dated and sourced parameters of a region and
year, approved by two people. `stays`: grouped stays as columns of whole numbers, with the rows that do not count.
`weights`: base points, coefficients and bed-day points from history. `points`: points of a stay, in a readable and a
columnar form. `settlement`: a year's money by hospital, from sums that add up over parts. `simulation`: changes of
parameters, rounds of negotiation, a fictional region. `quality`: indicators and signals; each file of `checks` is one.
"""
