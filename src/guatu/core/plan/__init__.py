"""The plan compiler: a document becomes a checked, traceable ledger.

The stages, each knowing only those before it: source - outline - clauses - commitments - ledger; then lint and diff.
"""

from guatu.core.plan.compiler import compile_text

__all__ = ["compile_text"]
