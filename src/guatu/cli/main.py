"""The program: finds its commands, speaks one language, turns every outcome into an exit code."""

import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from guatu import __version__
from guatu.cli import commands as folder
from guatu.cli.exits import Exit, Stop
from guatu.cli.language import language_of
from guatu.cli.messages import Say
from guatu.cli.shell import HelpInOneLanguage, language_option, usage_message


class _ReaderGone(Exception):
    """A broken pipe, under a name that click does not know: it would end the process with 1."""


class Program(HelpInOneLanguage, click.Group):
    """`guatu`. A command is imported when it is called: `guatu --help` imports none."""

    def __init__(self) -> None:
        super().__init__("guatu")
        self._names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
        self.speak(Say(language_of((), os.environ)))

    def speak(self, say: Say) -> None:
        """Changes the language of everything that is said from now on."""
        self.say = say
        self._made: dict[str, click.Command] = {}
        self.help, self.epilog = say("program.help"), say("program.epilog")
        version = click.Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False, help=say("help.version"), callback=_version
        )
        self.params = [language_option(say), version]

    @property
    def commands(self) -> dict[str, click.Command]:
        return {name: self._command(name) for name in self._names}

    @commands.setter
    def commands(self, _value: object) -> None:
        """Click sets it when a group is made; the folder is what counts."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._names

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._command(cmd_name) if cmd_name in self._names else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self._names and not args[0].startswith("-"):
            raise Stop(Exit.INPUT, self.say("usage.no-command", name=args[0], known=", ".join(self._names)))
        return super().resolve_command(ctx, args)

    def sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = [(name, self.say(f"{name}.short")) for name in self._names]
        return [(self.say("help.commands"), rows), *super().sections(ctx)]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGone from error

    # click declares overloads for whoever runs it inside of another program; this one is always the whole program.
    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> None:  # type: ignore[override]
        """Runs a call and leaves the process with its exit code."""
        sys.exit(self.run(list(sys.argv[1:] if args is None else args)))

    def run(self, args: list[str]) -> int:
        """Runs a call; its exit code is one of `Exit`."""
        self.speak(Say(language_of(args, os.environ)))
        _utf8(sys.stdout, sys.stderr)
        try:
            code = self._outcome(args)
            sys.stdout.flush()
        except (_ReaderGone, BrokenPipeError):
            # Whoever read our output has seen enough (`| head`). Nothing may be flushed into the closed pipe at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = Exit.OK
        return int(code)

    def _outcome(self, args: list[str]) -> int:
        try:
            result = super().main(args, prog_name="guatu", standalone_mode=False)
            return result if isinstance(result, int) else Exit.OK
        except Stop as stop:
            return self._failed(stop.code, stop.message)
        except click.exceptions.NoArgsIsHelpError as error:
            print(error.format_message())
            return Exit.OK
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else "guatu"
            hint = self.say("usage.try", command=path)
            return self._failed(Exit.INPUT, f"{usage_message(error, self.say)}\n{hint}")
        except (KeyboardInterrupt, click.Abort):
            return self._failed(Exit.INTERRUPTED, self.say("fault.interrupted"))
        except _ReaderGone:
            raise
        except Exception as error:
            if os.environ.get("GUATU_DEBUG"):
                raise
            return self._failed(Exit.FAULT, self.say("fault.inside", reason=f"{type(error).__name__}: {error}"))

    def _failed(self, code: Exit, message: str) -> int:
        print(self.say("usage.error", message=message), file=sys.stderr)
        return code

    def _command(self, name: str) -> click.Command:
        if name not in self._made:
            self._made[name] = import_module(f"{folder.__name__}.{name}").build(self.say)
        return self._made[name]


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        print(f"guatu {__version__}")
        ctx.exit()


def _utf8(*streams: Any) -> None:
    """A terminal that cannot show a character shows a sign instead of ending the program."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


main = Program()

if __name__ == "__main__":
    main()
