"""Cases: flows and their check, a case and its history, what may be done next, the clocks of the steps."""
