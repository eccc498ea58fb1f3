"""What is written in dispatch: periods open, units report, reviewers decide, lights are computed, orders are issued."""
