"""What is wrong with a plan itself. One rule a file, registered by being there.

A rule is a module of this package with `KIND` (or `KINDS`, where one rule has two strengths) and
`check(view) -> Iterator[Finding]`. Its file name is its name in the documentation and in the tests.
"""

from guatu.core.plan.lint.registry import Rule, rules, run
from guatu.core.plan.lint.view import LintView

__all__ = ["LintView", "Rule", "rules", "run"]
