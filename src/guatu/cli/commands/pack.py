"""guatu pack: new, check, test and list of packs."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command, HelpInOneLanguage, language_option
from guatu.core.kernel.file_finding import FileFinding


class PackGroup(HelpInOneLanguage, click.Group):
    """The commands about packs, with help in the language of the call."""

    def __init__(self, say: Say) -> None:
        self.say = say
        found = [_new(say), _check(say), _test(say), _list(say)]
        commands = {str(command.name): command for command in found}
        super().__init__("pack", commands=commands, params=[language_option(say)], help=say("pack.help"))

    def sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = [(name, self.say(f"pack {name}.short")) for name in self.commands]
        return [(self.say("help.commands"), rows), *super().sections(ctx)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            known = ", ".join(self.commands)
            raise Stop(Exit.INPUT, self.say("usage.no-command", name=f"pack {args[0]}", known=known))
        return super().resolve_command(ctx, args)


class PackCommand(Command):
    """A command under `guatu pack`; its messages are under `pack NAME`."""

    def __init__(self, name: str, say: Say, callback: Any, params: list[click.Parameter]) -> None:
        super().__init__(f"pack {name}", say, callback, params)
        self.name = name


def build(say: Say) -> click.Command:
    return PackGroup(say)


def _new(say: Say) -> click.Command:
    params: list[click.Parameter] = [
        click.Argument(["name"], metavar="NAME"),
        click.Option(["--in", "folder"], default=".", metavar="DIR", help=say("pack.in")),
    ]
    return PackCommand("new", say, partial(new, say), params)


def _check(say: Say) -> click.Command:
    return PackCommand("check", say, partial(check, say), [click.Argument(["folder"], metavar="DIR")])


def _test(say: Say) -> click.Command:
    return PackCommand("test", say, partial(test, say), [click.Argument(["folder"], metavar="DIR")])


def _list(say: Say) -> click.Command:
    option = click.Option(["--in", "folders"], multiple=True, metavar="DIR", help=say("pack.folders"))
    return PackCommand("list", say, partial(list_, say), [option])


def new(say: Say, name: str, folder: str) -> int:
    from guatu.adapters.packs.new import new_pack
    from guatu.core.pack.sections.manifest import is_name

    if not is_name(name):
        raise Stop(Exit.INPUT, say("pack.bad-name", name=name))
    try:
        files = new_pack(Path(folder), name)
    except OSError as error:
        raise Stop(
            Exit.OUTPUT, say("files.not-written", name=str(Path(folder, name)), reason=error.strerror)
        ) from error
    for file in files:
        print(file)
    print(say("pack.made", folder=str(Path(folder, name))), file=sys.stderr)
    return Exit.OK


def check(say: Say, folder: str) -> int:
    from guatu.adapters.packs.loading import load_pack

    _, findings = load_pack(Path(folder))
    return _told(say, folder, findings)


def test(say: Say, folder: str) -> int:
    from guatu.adapters.packs.loading import load_pack
    from guatu.adapters.packs.run_cases import run_cases

    loaded, findings = load_pack(Path(folder))
    if loaded is None:
        return _told(say, folder, findings)
    failed = 0
    results = run_cases(loaded)
    for one in results:
        failed += not one.holds
        sentence = one.zh if say.language == "zh" else one.name
        print(f"{say('pack.holds') if one.holds else say('pack.fails')} {sentence} [{one.file}]")
        for chinese, english in one.problems:
            print(f"    {chinese if say.language == 'zh' else english}")
    print(say("pack.tested", cases=len(results), failed=failed), file=sys.stderr)
    return Exit.FINDINGS if failed else Exit.OK


def list_(say: Say, folders: tuple[str, ...]) -> int:
    from guatu.adapters.packs.finder import find_packs
    from guatu.adapters.packs.folder import read_folder
    from guatu.core.pack import read_pack
    from guatu.core.pack.sections import manifest

    for pack in find_packs(map(Path, folders)).values():
        read, _ = read_pack(read_folder(pack.folder)[0])
        title = version = "-"
        if read is not None:
            given = read.pack[manifest.SECTION]
            title, version = given.title.text(say.language), given.version
        print(f"{pack.name}\t{version}\t{say('pack.' + pack.origin)}\t{title}\t{pack.folder}")
    return Exit.OK


def _told(say: Say, folder: str, findings: list[FileFinding]) -> int:
    for one in findings:
        print(f"{Path(folder)}{'/' if one.file else ' '}{one.text(say.language)}")
    errors = sum(one.severity == "error" for one in findings)
    print(say("pack.checked", findings=len(findings), errors=errors, warnings=len(findings) - errors), file=sys.stderr)
    return Exit.FINDINGS if errors else Exit.OK
