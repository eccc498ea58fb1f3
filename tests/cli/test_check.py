"""guatu check."""

import json
import re
from pathlib import Path

import pytest

from guatu.cli.exits import Exit


def test_a_plan_without_faults_ends_with_0(call, plan: Path):
    called = call("check", plan)
    assert (called.code, called.out) == (0, "")
    assert called.err == "1 个文件，问题 0（错误 0，提醒 0）\n"


def test_findings_are_printed_as_linters_do_and_end_with_1(call, faulty: Path):
    called = call("check", faulty)
    assert called.code == Exit.FINDINGS
    found = [
        re.fullmatch(rf"{re.escape(str(faulty))}:(\d+):(\d+) (plan\.[a-z-]+) (.+)", li)
        for li in called.out.splitlines()
    ]
    assert all(found)
    assert "plan.placeholder" in {match[3] for match in found if match}


def test_line_and_column_lead_to_the_words(call, faulty: Path):
    line = next(li for li in call("check", faulty, "--select", "plan.placeholder").out.splitlines())
    number, column = map(int, line.removeprefix(f"{faulty}:").split(" ")[0].split(":"))
    assert faulty.read_text(encoding="utf-8").splitlines()[number - 1][column - 1 :].startswith(("xx", "新建公园xx"))


def test_rules_can_be_selected_and_ignored_in_several_ways(call, faulty: Path):
    def codes(*options: str) -> set[str]:
        return {line.split(" ")[1] for line in call("check", faulty, *options).out.splitlines()}

    every = codes()
    assert codes("--select", "plan.placeholder") == codes("--select", "placeholder") == {"plan.placeholder"}
    assert codes("--ignore", "plan.placeholder") == every - {"plan.placeholder"}
    assert codes("--select", "plan.placeholder,plan.numbering-gap") == codes(
        "--select", "plan.placeholder", "--select", "plan.numbering-gap"
    )


def test_messages_come_in_english_too(call, faulty: Path):
    chinese, english = (call("--lang", language, "check", faulty) for language in ("zh", "en"))
    assert len(chinese.out.splitlines()) == len(english.out.splitlines())
    assert "fill" in english.out and "占位符" in chinese.out


def test_a_file_without_lines_of_its_own_names_its_paragraph(call, examples: Path):
    called = call("check", examples / "qinghe-rivers-2025-2027.docx")
    assert all(re.search(r"（第\d+段.*）$", line) for line in called.out.splitlines())


def test_json_holds_every_file_and_what_could_not_be_read(call, faulty: Path, tmp_path: Path):
    called = call("check", faulty, tmp_path / "missing.txt", "--format", "json")
    made = json.loads(called.out)
    assert called.code == Exit.INPUT
    assert made["schema"] == "guatu.findings/1"
    assert made["files"][0]["file"] == str(faulty)
    assert {"code", "severity", "message", "span", "line", "column", "place"} <= set(made["files"][0]["findings"][0])
    assert [f["code"] for f in made["unreadable"]] == ["read.missing"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_what_the_standard_asks_for(call, faulty: Path, tmp_path: Path, language: str):
    missing = tmp_path / "没有 了.txt"
    called = call("--lang", language, "check", faulty, missing, "--format", "sarif")
    log = json.loads(called.out)
    assert log["version"] == "2.1.0" and "sarif-schema-2.1.0" in log["$schema"]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert not any("{" in rule["shortDescription"]["text"] for rule in rules)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning") and result["message"]["text"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (1, 1) <= (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        lines = faulty.read_text(encoding="utf-8").splitlines()
        if region["startLine"] == region["endLine"] and "snippet" in region:
            words = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            assert words.strip() == region["snippet"]["text"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    uri = invocation["toolExecutionNotifications"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file:") and uri.isascii() and " " not in uri


def test_a_relative_path_stays_relative_in_sarif(call, faulty: Path, monkeypatch):
    monkeypatch.chdir(faulty.parent)
    log = json.loads(call("check", faulty.name, "--format", "sarif").out)
    assert log["runs"][0]["artifacts"] == [{"location": {"uri": "faulty.txt"}}]


LEAST = {"first": 16, "second": 14}
"""Kinds of planted faults that are found in each example; only ever raised."""


def planted(examples: Path, name: str) -> set[str]:
    """Codes of the faults that examples/README.md lists for a plan."""
    text = (examples.parent / "README.md").read_text(encoding="utf-8")
    part = text.split(f"## Faults in the {name} plan")[1].split("These are right")[0]
    return set(re.findall(r"`(plan\.[a-z-]+)`", part))


@pytest.mark.parametrize(
    ("name", "file"),
    [("first", "qinghe-public-facilities-2025.txt"), ("second", "qinghe-rivers-2025-2027.docx")],
)
def test_the_planted_faults_of_the_examples_are_found(call, examples: Path, name: str, file: str):
    found = {line.split(" ")[1] for line in call("check", examples / file).out.splitlines()}
    assert len(planted(examples, name) & found) >= LEAST[name], planted(examples, name) - found
