"""The one language of conditions: S-FEEL as decision tables write it, over typed facts, with a third answer, unknown.

A rule is text. `parse` reads it, `check` says before it is published what its vocabulary does not allow, `judge` gives
the verdict over the facts of a day and says which part of the rule decided.
"""

from guatu.core.rules.checking import check, check_text, check_value
from guatu.core.rules.decisions import Decision
from guatu.core.rules.facts import Facts, Lack
from guatu.core.rules.fault import RuleError
from guatu.core.rules.judging import Judgement, Verdict, fact_parts, judge, value_of
from guatu.core.rules.parser import parse, parse_cell
from guatu.core.rules.printing import printed
from guatu.core.rules.tables import Decided, DecisionTable
from guatu.core.rules.telling import said, told_lacks
from guatu.core.rules.tree import Cell, Expression, names
from guatu.core.rules.vocabulary import Choice, Term, Vocabulary

__all__ = [
    "Cell",
    "Choice",
    "Decided",
    "Decision",
    "DecisionTable",
    "Expression",
    "Facts",
    "Judgement",
    "Lack",
    "RuleError",
    "Term",
    "Verdict",
    "Vocabulary",
    "check",
    "check_text",
    "check_value",
    "fact_parts",
    "judge",
    "names",
    "parse",
    "parse_cell",
    "printed",
    "said",
    "told_lacks",
    "value_of",
]
