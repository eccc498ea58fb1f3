"""A command that is a folder of commands: what lies in the folder is what it offers.

Each module of the folder has `build(say)` and keeps its messages in `MESSAGES`, of which `KEY.short` is its line in the
folder's help.
"""

import pkgutil
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

import click

from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import HelpInOneLanguage, language_option


class CommandFolder(HelpInOneLanguage, click.Group):
    """The commands of a package; `key` begins the names of their messages: `drg`, `drg.scheme`."""

    def __init__(self, package: ModuleType, key: str, say: Say, needs: Sequence[str] = ()) -> None:
        """`needs` are libraries of an extra, without which none of the commands can run."""
        super().__init__(key.rsplit(".", 1)[-1], help=say(f"{key}.help"))
        self.say, self._key, self._package, self._needs = say, key, package, needs
        self._names = sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_"))
        self.params = [language_option(say)]

    @property
    def commands(self) -> dict[str, click.Command]:
        return {name: self._module(name).build(self._says(name)) for name in self._names}

    @commands.setter
    def commands(self, _value: object) -> None:
        """Click sets it when a group is made; the folder is what counts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._module(cmd_name).build(self._says(cmd_name)) if cmd_name in self._names else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self._names and not args[0].startswith("-"):
            raise Stop(Exit.INPUT, self.say("usage.no-command", name=args[0], known=", ".join(self._names)))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        missing = [name for name in self._needs if find_spec(name) is None]
        if missing:
            raise Stop(Exit.INPUT, self.say(f"{self._key}.missing", names=", ".join(missing)))
        return super().invoke(ctx)

    def sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = [(name, self._says(name)(f"{self._key}.{name}.short")) for name in self._names]
        return [(self.say("help.commands"), rows), *super().sections(ctx)]

    def _says(self, name: str) -> Say:
        return self.say.knowing(self._module(name).MESSAGES)

    def _module(self, name: str) -> Any:
        return import_module(f"{self._package.__name__}.{name}")
