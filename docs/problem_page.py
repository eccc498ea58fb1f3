"""The page of all problems: a table for each part of the program that has something to say, and where it says it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docs.problems import Entry, Sentence, answers, endings, findings

from guatu.core.kernel.finding import Language


class Place(NamedTuple):
    """Modules that begin so say what they have to say in the same places."""

    prefix: str
    title: Sentence
    where: Sentence


# In the order of the page. A module belongs to the longest beginning of its name.
FOUND = (
    Place(
        "adapters/readers",
        Sentence("读取文件", "Reading files"),
        Sentence(
            "每条读文件的命令(返回码 2);每处上传(HTTP 422)。提醒和说明不挡住读取,随方案显示。",
            "Every command that reads a file (exit code 2), every upload (HTTP 422). Warnings and notes do not stop"
            " the reading and are shown with the plan.",
        ),
    ),
    Place(
        "adapters/bounded",
        Sentence("读取的上限", "Limits of reading"),
        Sentence(
            "上传的文件和后台任务;在命令行同一句话以 `read.` 开头。",
            "Uploads and background work; on the command line the same sentences have codes in `read.`.",
        ),
    ),
    Place(
        "core/plan",
        Sentence("方案自身的问题", "What is wrong with a plan itself"),
        Sentence(
            "`guatu check`、`guatu compile` 和方案的“检查”页。各条规则见[检查规则](lint.md)。",
            "`guatu check`, `guatu compile` and the page of a plan's findings. The rules: [Lint rules](lint.md).",
        ),
    ),
    Place(
        "core/fields",
        Sentence("填写的值", "Values that people write"),
        Sentence(
            "表格的一格、表单的一栏、接口的一个字段(HTTP 422,写明是哪一栏);导入时写明行和列。",
            "A cell of a spreadsheet, a field of a form or of the API (HTTP 422, with its `field`); imports name row and"
            " column.",
        ),
    ),
    Place(
        "core/kernel",
        Sentence("机构、区划和身份证件编码", "Codes of organisations, places and people"),
        Sentence("机构与区域的表单和导入(HTTP 422)。", "Forms and imports of the directory (HTTP 422)."),
    ),
    Place(
        "core/rules",
        Sentence("条件", "Conditions"),
        Sentence(
            "写条件的地方:流程、时限表、业务包、亮灯规则;`guatu pack check`。",
            "Wherever a condition is written: flows, tables of limits, packs, rules of lights; `guatu pack check`.",
        ),
    ),
    Place(
        "core/pack",
        Sentence("业务包", "Packs"),
        Sentence(
            "`guatu pack check`(有错误时返回码 1)和浏览器里的时限表(HTTP 422)。",
            "`guatu pack check` (exit code 1 with an error) and the table of limits in the browser (HTTP 422).",
        ),
    ),
    Place(
        "adapters/packs",
        Sentence("业务包的文件和案例", "Files and cases of packs"),
        Sentence("`guatu pack check`、`guatu pack test`。", "`guatu pack check`, `guatu pack test`."),
    ),
    Place(
        "adapters/flows",
        Sentence("流程和决策表的文件", "Files of flows and decision tables"),
        Sentence(
            "`guatu pack check`;流程编辑页(HTTP 422)。", "`guatu pack check`; the page that edits a flow (HTTP 422)."
        ),
    ),
    Place(
        "core/cases/flow_check",
        Sentence("流程", "Flows"),
        Sentence(
            "`guatu pack check`;保存和发布流程(HTTP 422)。",
            "`guatu pack check`; saving and publishing a flow (HTTP 422).",
        ),
    ),
    Place(
        "core/cases",
        Sentence("案件", "Cases"),
        Sentence(
            "办理案件的页面和接口(HTTP 422 或 409);`guatu pack test`;职责清单、综合评价和抽查。",
            "Pages and API of cases (HTTP 422 or 409); `guatu pack test`; lists of duties, evaluation and inspection.",
        ),
    ),
    Place(
        "core/calendar",
        Sentence("工作日和计时", "Working days and clocks"),
        Sentence(
            "案件时限的申请与审定、节假日表。",
            "Requests about limits of cases and their review; the table of days off.",
        ),
    ),
    Place(
        "core/publishing",
        Sentence("公示", "Notices to the public"),
        Sentence("发布公示的页面和接口(HTTP 422)。", "Putting up a notice, on its page or by the API (HTTP 422)."),
    ),
    Place(
        "core/dispatch",
        Sentence("调度", "Dispatch"),
        Sentence(
            "填报、亮灯规则、督办规则、分解、里程碑和目标走势的页面与接口(HTTP 422)。",
            "Pages and API of reports, rules of lights, the ladder, allocation, milestones and courses of targets (HTTP"
            " 422).",
        ),
    ),
    Place(
        "core/grids",
        Sentence("网格", "Grids"),
        Sentence(
            "网格的绘制、变更、划分和配员(HTTP 422)。", "Drawing, changing, computing and staffing grids (HTTP 422)."
        ),
    ),
    Place(
        "adapters/geodata",
        Sentence("地图文件", "Files of maps"),
        Sentence("网格、区域和图斑的上传(HTTP 422)。", "Uploads of grids, places and patches (HTTP 422)."),
    ),
    Place(
        "engines/drg/grouping",
        Sentence("DRG:分组", "DRG: grouping"),
        Sentence(
            "`guatu drg group`,写在结果的 `problems` 列。", "`guatu drg group`, in the column `problems` of its result."
        ),
    ),
    Place(
        "engines/drg/scheme",
        Sentence("DRG:分组方案", "DRG: schemes"),
        Sentence(
            "`guatu drg scheme check` 和每条用分组方案的命令;年度页面的上传(HTTP 422)。",
            "`guatu drg scheme check` and every command that takes a scheme; uploads on the page of a year (HTTP 422).",
        ),
    ),
    Place(
        "engines/drg",
        Sentence("DRG:病案、参数与结算", "DRG: stays, parameters, settlement"),
        Sentence(
            "`guatu drg` 的各命令;DRG 年度的页面(HTTP 422 或 409)。",
            "The commands of `guatu drg`; the pages of a DRG year (HTTP 422 or 409).",
        ),
    ),
)
COMMANDS = (
    Place(
        "cli",
        Sentence("命令行", "Command line"),
        Sentence(
            "打印在标准错误;左起第二列是返回码。", "Printed to standard error; the second column is the exit code."
        ),
    ),
)
BOTH = Sentence("页面和接口;第二列是 HTTP 状态。", "Pages and API; the second column is the HTTP status.")
ANSWERED = tuple(
    Place(f"web/{app}", Sentence(f"网站:{zh}", f"Server: {en}"), BOTH)
    for app, zh, en in (
        ("base", "账号、文件与请求", "accounts, files and requests"),
        ("kit", "表格与导入", "lists and imports"),
        ("public", "公示和意见箱", "notices and opinions of the public"),
        ("county", "设置与工作日历", "settings and the working calendar"),
        ("project", "接口", "API"),
        ("directory", "机构与区域", "directory"),
        ("ledger", "台账", "ledger"),
        ("dispatch", "调度", "dispatch"),
        ("duties", "职责清单", "duties"),
        ("cases", "案件", "cases"),
        ("intake", "案件接入", "intake"),
        ("evaluation", "综合评价", "evaluation"),
        ("inspection", "随机抽查", "inspection"),
        ("grids", "网格", "grids"),
        ("drg", "DRG", "DRG"),
    )
)
TITLE = Sentence("问题代码", "Problems")
INTRO = Sentence(
    "程序会说的所有问题:代码、轻重(或返回码、HTTP 状态)和原话。代码不变,话可能改得更清楚;`{…}` 和 `%(…)` 处填当时的内容。"
    "接口的回答里有 `code`、`field` 和 `message`。[English](problems.md)",
    "All that the program can say to be wrong: its code, how heavy it is (or the exit code, or the HTTP status), and the"
    " sentence. Codes stay, sentences may become clearer; `{…}` and `%(…)` stand for what is filled in. The API answers"
    " with `code`, `field` and `message`. [中文](problems.zh-CN.md)",
)
HEAD = {
    "zh": ("代码", ("轻重", "返回码", "状态"), "原话"),
    "en": ("Code", ("Severity", "Exit code", "Status"), "Sentence"),
}
SEVERITIES = {"error": "错误", "warning": "提醒", "note": "说明"}
OF_FINDINGS = Sentence("(所发现问题的原话)", "(the sentences of what was found)")


def page(language: Language) -> Iterator[str]:
    """The parts of the page in one language; each sentence is there in both."""
    yield f"# {_own(TITLE, language)}"
    yield _own(INTRO, language)
    for kind, (places, entries) in enumerate(((FOUND, findings()), (COMMANDS, endings()), (ANSWERED, answers()))):
        sections = by_place(entries, places)
        for place in places:
            yield f"## {_own(place.title, language)}"
            yield _own(place.where, language)
            yield "\n".join(_table(sections[place.prefix], language, kind))


def by_place(entries: Iterable[Entry], places: tuple[Place, ...]) -> dict[str, list[Entry]]:
    """Entries by the place of their module. Raises KeyError for a module that has none: name it above."""
    found: dict[str, list[Entry]] = {place.prefix: [] for place in places}
    for entry in entries:
        fitting = [
            place.prefix for place in places if f"{entry.module}/".startswith((place.prefix + "/", place.prefix + "."))
        ]
        if not fitting:
            raise KeyError(f"docs/problem_page.py does not say where the problems of {entry.module} are met")
        found[max(fitting, key=len)].append(entry)
    return found


def _table(entries: list[Entry], language: Language, kind: int) -> Iterator[str]:
    code, weights, sentence = HEAD[language]
    yield f"| {code} | {weights[kind]} | {sentence} |"
    yield "|---|---|---|"
    for key in sorted({(entry.code, entry.weight) for entry in entries}):
        said = dict.fromkeys(one.sentence for one in entries if (one.code, one.weight) == key and one.sentence)
        lines = [_both(one, language) for one in said] or [_own(OF_FINDINGS, language)]
        weight = SEVERITIES.get(key[1], key[1]) if language == "zh" else key[1]
        yield f"| `{key[0]}` | {weight} | {'<br>'.join(lines)} |"


def _own(sentence: Sentence, language: Language) -> str:
    return sentence.zh if language == "zh" else sentence.en


def _both(sentence: Sentence, language: Language) -> str:
    one, other = (sentence.zh, sentence.en) if language == "zh" else (sentence.en, sentence.zh)
    return f"{_plain(one)}<br>*{_plain(other)}*"


def _plain(text: str) -> str:
    """A sentence as Markdown shows it letter by letter, in one line of a table."""
    text = text.replace("{more_zh}", "").replace("{more_en}", "").replace("\n", " ").strip()
    text = re.sub(r"([\\`*_\[\]|])", r"\\\1", text)
    return text.replace("&", "&amp;").replace("<", "&lt;")
