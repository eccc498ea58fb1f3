"""Steps inside a paragraph: 一是 … 二是 … 三是."""

from collections.abc import Iterator

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.siblings import chinese_numeral
from guatu.core.plan.lint.view import LintView

_NUMERALS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}
_STEP = regex(r"[一二三四五六七八九十][是要](?<=[。;:,!? \n)”]..)(?=[\u4e00-\u9fff“])(?!要(?:求|点|素|件))")
_DEEPEST = 3


class Step(msgspec.Struct, frozen=True):
    """`二是` at its place."""

    value: int
    word: str
    """是 or 要."""
    start: int
    end: int

    @property
    def label(self) -> str:
        return self.label_of(self.value)

    def label_of(self, value: int) -> str:
        return chinese_numeral(value) + self.word


def inline_steps(view: LintView) -> list[tuple[Step, Step | None]]:
    """Each step with the one before it of the same run.

    A run begins at 一 and does not leave its paragraph; inside a step another run may stand.
    """
    return view.once(_inline_steps)


def _inline_steps(view: LintView) -> list[tuple[Step, Step | None]]:
    return list(_steps(view))


def _steps(view: LintView) -> Iterator[tuple[Step, Step | None]]:
    norm = view.norm
    runs: list[Step] = []
    for match in _STEP.finditer(norm):
        step = Step(_NUMERALS[match[0][0]], match[0][1], match.start(), match.end())
        if runs and norm.find("\n", runs[-1].end, step.start) >= 0:
            runs.clear()
        if step.value > 1 and any(run.value == step.value - 1 for run in runs):
            while runs[-1].value != step.value - 1:
                runs.pop()
        before = runs.pop() if runs and step.value > 1 else None
        yield step, before
        runs = [*runs[-_DEEPEST:], step]


def step_runs(view: LintView) -> Iterator[list[Step]]:
    """Runs of two and more steps in one paragraph, none of them inside another."""
    run: list[Step] = []
    for step, before in inline_steps(view):
        if run and before is run[-1]:
            run.append(step)
            continue
        if len(run) > 1:
            yield run
        run = [step] if step.value == 1 else []
    if len(run) > 1:
        yield run
