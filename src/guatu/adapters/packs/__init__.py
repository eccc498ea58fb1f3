"""Packs in folders: `finder` finds them, `folder` reads them, `loading` checks and readies them, `run_cases` tests
them.
"""
