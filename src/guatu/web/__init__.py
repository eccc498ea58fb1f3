"""The county server. Apps depend downwards: base - directory - ledger - dispatch - example."""
