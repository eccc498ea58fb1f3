"""Runs of equal code lines that stand in more than one place."""

from collections import defaultdict

from tests.house.project import code_lines

RUN = 8
# Lines that every file has and that say nothing of copying.
COMMON = ("import ", "from ", '"""', "__all__")


def duplicate_lines(sources: dict[str, str]) -> dict[str, set[int]]:
    """By file, the code lines that belong to a run of `RUN` or more lines found elsewhere as well.

    Lines are compared without indentation and trailing blanks; blank lines, comments, docstrings and imports are
    left out before runs are formed.
    """
    places: dict[tuple[str, ...], list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for name, text in sources.items():
        kept = _kept(text)
        for at in range(len(kept) - RUN + 1):
            window = kept[at : at + RUN]
            numbers = tuple(number for number, _ in window)
            places[tuple(line for _, line in window)].append((name, numbers))
    found: dict[str, set[int]] = defaultdict(set)
    for where in places.values():
        if len(where) > 1:
            for name, numbers in where:
                found[name].update(numbers)
    return dict(found)


def _kept(text: str) -> list[tuple[int, str]]:
    """Number and content of the lines that are compared."""
    code = code_lines(text)
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if number in code)
    return [(number, line) for number, line in lines if not line.startswith(COMMON)]
