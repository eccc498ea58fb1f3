"""The plan compiler: a document becomes a checked, traceable ledger (`guatu.core.plan.compiler.compile_text`).

The stages, each knowing only those before it: source - outline - clauses - commitments - ledger; then lint and diff.
"""
