"""guatu drg: the group finds its commands by their being there, and each speaks both languages."""

import re
from collections.abc import Iterator

import click
import pytest

from guatu.cli.groups import CommandFolder
from guatu.cli.main import main


def folders(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], CommandFolder]]:
    for name, command in group.commands.items():
        if isinstance(command, CommandFolder):
            yield (*path, name), command
            yield from folders(command, (*path, name))


FOLDERS = dict(folders(main, ()))
COMMANDS = [(*path, name) for path, folder in FOLDERS.items() for name in folder.commands]


def test_the_group_is_there():
    assert ("drg",) in FOLDERS


@pytest.mark.parametrize("path", [*FOLDERS, *COMMANDS], ids=" ".join)
def test_every_command_of_the_group_explains_itself_in_both_languages(call, path: tuple[str, ...]):
    chinese, english = call(*path, "--help"), call("--lang", "en", *path, "--help")
    assert (chinese.code, english.code) == (0, 0)
    assert chinese.out.startswith("用法：guatu " + " ".join(path))
    assert english.out.startswith("Usage: guatu " + " ".join(path))
    assert not re.search(r"[\u4e00-\u9fff]", english.out)


@pytest.mark.parametrize("path", FOLDERS, ids=" ".join)
def test_messages_of_commands_have_the_same_blanks_in_both_languages(path: tuple[str, ...]):
    folder = FOLDERS[path]
    for name in folder.commands:
        for key, (chinese, english) in folder._module(name).MESSAGES.items():
            assert chinese and english
            assert sorted(re.findall(r"\{(\w+)\}", chinese)) == sorted(re.findall(r"\{(\w+)\}", english)), key


def test_a_command_that_is_not_there_is_told(call):
    called = call("drg", "frob")
    assert called.code == 2
    assert called.err.startswith("错误：没有命令“frob”。")


def test_without_the_extra_it_says_what_to_install(call, monkeypatch):
    monkeypatch.setattr("guatu.cli.groups.find_spec", lambda _name: None)
    called = call("drg", "frob")
    assert (called.code, called.out) == (2, "")
    assert "pip install 'guatu[drg]'" in called.err and "pyarrow" in called.err
