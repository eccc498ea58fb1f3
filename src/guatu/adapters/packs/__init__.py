"""Packs in folders: `finder` finds them, `folder` reads them, `loading` checks and readies them, `run_cases` tests
them.

Finding, reading and making packs do without SpiffWorkflow, which belongs to the extra `web`.
"""
