"""guatu check: what is wrong with plans themselves."""

import os
import sys
from collections.abc import Iterator
from functools import partial

import click

from guatu.adapters.documents import Asked
from guatu.adapters.readers import ReadError
from guatu.cli.compiling import document_of, ledger_of, said_of
from guatu.cli.exits import Exit, Stop
from guatu.cli.findings import Checked, findings_format, formats
from guatu.cli.inputs import Input, exit_of, gather, said
from guatu.cli.messages import Say
from guatu.cli.shell import Command

_FAULT = "fault"


def build(say: Say) -> click.Command:
    names = formats()
    params = [
        click.Argument(["paths"], nargs=-1, required=True, metavar="PATH..."),
        click.Option(
            ["-f", "--format", "format_"],
            type=click.Choice(names),
            default="text",
            metavar="FORMAT",
            help=say("check.format"),
        ),
        click.Option(["--select"], multiple=True, metavar="CODES", help=say("check.select")),
        click.Option(["--ignore"], multiple=True, metavar="CODES", help=say("check.ignore")),
    ]
    return Command("check", say, partial(run, say), params)


def run(say: Say, paths: tuple[str, ...], format_: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> int:
    chosen, left_out = _codes(select), _codes(ignore)
    _known(say, chosen | left_out)
    inputs = gather(paths, say)
    for problem in inputs.problems:
        print(problem, file=sys.stderr)
    checked = [_check(say, item, chosen, left_out) for item in inputs.files]
    findings_format(format_).write(checked, sys.stdout)
    sys.stdout.flush()
    return _verdict(say, checked, bool(inputs.problems))


def _codes(given: tuple[str, ...]) -> set[str]:
    return {code.strip() for words in given for code in words.split(",") if code.strip()}


def _known(say: Say, codes: set[str]) -> None:
    from guatu.core.plan.lint import rules

    known = {name for rule in rules() for name in (rule.name, *(kind.code for kind in rule.kinds))}
    unknown = sorted(codes - known)
    if unknown:
        raise Stop(Exit.INPUT, say("usage.unknown-code", names=", ".join(unknown)))


def _check(say: Say, item: Input, select: set[str], ignore: set[str]) -> Checked:
    try:
        document = document_of(
            item.path, Asked(item.path.name, item.name, say.language, tuple(sorted(select)), tuple(sorted(ignore)))
        )
    except ReadError as error:
        code = _FAULT if exit_of(error) is Exit.FAULT else error.code
        return Checked(item.shown, None, code, said(error, item.shown, say))
    except Exception as error:
        if os.environ.get("GUATU_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        return Checked(item.shown, None, _FAULT, say("fault.file", name=item.shown, reason=reason))
    for remark in said_of(document, item.shown, say):
        print(remark, file=sys.stderr)
    return Checked(item.shown, ledger_of(document, say.language))


def _verdict(say: Say, checked: list[Checked], problems: bool) -> int:
    for file in checked:
        if file.problem:
            print(file.problem, file=sys.stderr)
    severities = list(_severities(checked))
    errors = severities.count("error")
    sums = {"findings": len(severities), "errors": errors, "warnings": len(severities) - errors}
    print(say("done.checked", files=len(checked), **sums), file=sys.stderr)
    if any(file.code == _FAULT for file in checked):
        return Exit.FAULT
    if problems or any(file.ledger is None for file in checked):
        return Exit.INPUT
    return Exit.FINDINGS if errors else Exit.OK


def _severities(checked: list[Checked]) -> Iterator[str]:
    for file in checked:
        yield from (finding.severity for finding in file.ledger.plan.findings) if file.ledger else ()
