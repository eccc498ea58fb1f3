"""The page of all settings, from their declarations."""

import json
import os
import tempfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from guatu.core.kernel.finding import Language

TITLES: dict[Language, tuple[str, str]] = {
    "en": (
        "Settings",
        "All that a county can set, on the page Settings, by `guatu settings` and by the API; each change holds from a day"
        " on. How to: [Settings](../how-to/settings.md). [中文](settings.zh-CN.md)",
    ),
    "zh": (
        "系统设置",
        "县里可以设置的全部内容:在“系统设置”页、用 `guatu settings` 命令、经接口都能修改,每次改动从一个日期起执行。"
        "怎么改见[系统设置](../how-to/settings.zh-CN.md)。[English](settings.md)",
    ),
}
WORDS: dict[Language, dict[str, str]] = {
    "en": {"holds": "Holds", "default": "Default", "who": "Changed by", "source": "Source", "rows": "rows of", "tried": "A change is tried over the last period before it is saved.", "secret": "Shown only to who may change it.", "absent": "Without it"},
    "zh": {"holds": "内容", "default": "默认", "who": "谁能改", "source": "来源", "rows": "若干行,每行:", "tried": "保存前先在最近一期试算。", "secret": "只给能修改的人看。", "absent": "没有设置时"},
}  # fmt: skip
LONGEST = 160
"""A default that is longer is not printed: `guatu settings get NAME` shows it."""


def page(language: Language) -> Iterator[str]:
    """The parts of the page in one language."""
    setup()
    from django.utils import translation

    from guatu.web.base.declarations import declarations

    with translation.override("en" if language == "en" else "zh-hans"):
        title, intro = TITLES[language]
        yield f"# {title}"
        yield intro
        every = list(declarations().values())
        groups = list(dict.fromkeys(str(one.group) for one in every))
        for group, ones in groupby(
            sorted(every, key=lambda one: groups.index(str(one.group))), lambda one: str(one.group)
        ):
            yield f"## {group}"
            for one in ones:
                yield from _setting(one, language)


def setup() -> None:
    """The declarations belong to apps of the server, which is not asked for a database here."""
    import django

    before = dict(os.environ)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.web.project.settings")
    os.environ.setdefault("GUATU_SECRET", "reference")
    os.environ.setdefault("GUATU_DATA", tempfile.gettempdir())
    try:
        django.setup()
    finally:
        # Whatever this process starts later has its own secret, not that of the reference.
        os.environ.clear()
        os.environ.update(before)


def _setting(one: Any, language: Language) -> Iterator[str]:
    words, colon = WORDS[language], ": " if language == "en" else ":"
    yield f"### {one.label} {{#{one.name.replace('.', '-')}}}"
    yield f"`{one.name}`\n\n{one.help}"
    facts = [(words["holds"], _takes(one.kind, words["rows"])), (words["default"], _default(one))]
    facts += [
        (words["absent"], str(one.absent)),
        (words["source"], str(one.source)),
        (words["who"], _who(one, language)),
    ]
    lines = [f"- {what}{colon}{said}" for what, said in facts if said]
    lines += [f"- {words[key]}" for key, is_so in (("tried", one.trial), ("secret", one.secret)) if is_so]
    yield "\n".join(lines)


def _takes(kind: Any, rows: str) -> str:
    from guatu.web.base.declarations import Rows

    if isinstance(kind, Rows):
        # Choices of a cell may be units of the county, which no page made from the code knows.
        return f"{rows} " + ", ".join(f"`{cell.name}` {cell.label}" for cell in kind.cells)
    return str(kind.described())


def _default(one: Any) -> str:
    kept = one.kept_default
    if kept in (None, "", (), [], {}):
        return ""
    text = kept if isinstance(kept, str) else json.dumps(kept, ensure_ascii=False)
    return f"`{text}`" if len(text) <= LONGEST and "\n" not in text else "`guatu settings get " + one.name + "`"


def _who(one: Any, language: Language) -> str:
    from guatu.web.base.permissions import permissions
    from guatu.web.base.roles import role_words

    at = int(language == "en")
    names = [role_words()[role][at] for role, held in permissions().items() if one.permission in held]
    return (", " if language == "en" else "、").join(names)
