"""Where a figure will stand at its deadline, how sure that is, and when the target would be met.

One method a file; `outlook` chooses among them by declared reasons. Nothing is drawn at random: intervals are analytic.
"""
