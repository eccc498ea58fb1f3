"""The page of the first hour's workbook and of the API that does the same, from the declarations of both."""

import json
from collections.abc import Iterator
from typing import Any

from docs.settings_page import setup

from guatu.core.kernel.finding import Language

TITLES: dict[Language, tuple[str, str]] = {
    "en": (
        "Workbook and API of the first hour",
        "What the sheets of a county's workbook hold, and the operations that take the same rows from programs. How to:"
        " [The first hour of a county](../how-to/first-hour.md). [中文](first-hour.zh-CN.md)",
    ),
    "zh": (
        "开始使用的工作簿和接口",
        "一个县的工作簿各张表填什么,以及程序用同样的行录入的接口。怎么用见"
        "[一个县的第一个小时](../how-to/first-hour.zh-CN.md)。[English](first-hour.md)",
    ),
}
WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "columns": "| column | in the API | needed | other heads | how |",
        "yes": "yes",
        "tabs": "The tab may also be called",
        "api": "API",
        "scope": "scope",
        "answer": "Each POST answers with what came of the rows. `written` says whether they were entered; where one was"
        " wrong, nothing was, and the status is 422 with the code `rows.wrong`. `sheets` has, for each sheet, `created`,"
        " `changed`, `along` (units set up with their towns), `same`, and `errors` with `row`, `column`, `value` and"
        " `message`. `accounts` are new accounts with their first passwords. `tried` says what would come of it and"
        " enters nothing; `only_good` enters the good rows beside wrong ones. A request that is sent again with its"
        " `Idempotency-Key` gets its answer again, without the passwords; the same rows sent again change nothing in any"
        " case.",
    },
    "zh": {
        "columns": "| 列 | 接口里 | 必填 | 也认的表头 | 怎么填 |",
        "yes": "是",
        "tabs": "表名也可以是",
        "api": "接口",
        "scope": "范围",
        "answer": "每个 POST 都回答这些行的结果。`written` 是否已录入;有一行不对就什么也不录入,状态 422,代码"
        " `rows.wrong`。`sheets` 里每张表有 `created`、`changed`、`along`(随乡镇设立的单位)、`same`,以及 `errors`,各有"
        " `row`、`column`、`value`、`message`。`accounts` 是新开的账号和初始密码。`tried` 只说会怎样,不录入;`only_good`"
        " 录入正确的行。带同一 `Idempotency-Key` 再发一次,得到同样的回答,但没有密码;同样的行再发一次,本来也什么都不变。",
    },
}


def page(language: Language) -> Iterator[str]:
    """The parts of the page in one language."""
    setup()
    from django.utils import translation

    from guatu.web.county.sheets import SHEETS

    words = WORDS[language]
    with translation.override("en" if language == "en" else "zh-hans"):
        yield f"# {TITLES[language][0]}"
        yield TITLES[language][1]
        for kind in SHEETS:
            yield f"## {kind.title}"
            yield str(kind.note)
            lines = [words["columns"], "|---|---|---|---|---|"]
            yield "\n".join(lines + [_column(column, words["yes"]) for column in kind.columns])
            yield f"{words['tabs']}: {'、'.join(kind.names)}"
        yield f"## {words['api']}"
        yield words["answer"]
        yield from _operations(words["scope"])


def _column(column: Any, yes: str) -> str:
    cells = (column.label, f"`{column.name}`", yes if column.required else "", "、".join(column.heads), column.how)
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _operations(scope: str) -> Iterator[str]:
    from guatu.web.project.api import api

    described = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    for path, methods in sorted(described["paths"].items()):
        if path.startswith("/api/first-steps"):
            for method, operation in methods.items():
                yield f"### {method.upper()} {path}"
                yield f"{operation['summary']} · {scope} `{operation['x-scope']}`"
                if fields := list(_fields(operation, described)):
                    yield "\n".join(f"- `{name}`: {kind}" for name, kind in fields)


def _fields(operation: dict[str, Any], described: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What an operation takes: the fields of its address and its body, with what they hold."""
    for one in operation.get("parameters", ()):
        yield f"?{one['name']}", one["schema"].get("type", "")
    for content in operation.get("requestBody", {}).get("content", {}).values():
        for name, field in _resolved(content["schema"], described).get("properties", {}).items():
            yield name, _kind(field, described)


def _kind(field: dict[str, Any], described: dict[str, Any]) -> str:
    if "items" in field:
        names = _resolved(field["items"], described).get("properties", {})
        return "[{" + ", ".join(names) + "}]"
    return "file" if field.get("format") == "binary" else str(field.get("type", ""))


def _resolved(schema: dict[str, Any], described: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return dict(described["components"]["schemas"][name]) if name else schema
