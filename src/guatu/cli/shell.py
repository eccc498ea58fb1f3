"""Click commands whose help and errors speak the language of the call, in columns that count Chinese right."""

import re
import shutil
from collections.abc import Callable, Sequence
from typing import Any

import click

from guatu.adapters.writers.width import fold, pad, width
from guatu.cli.messages import Say

# Click has no class of its own for this error.
_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_WIDEST, _NARROWEST = 100, 40
_TERM_COLUMN = 26


def columns() -> int:
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns - 1))


class HelpInOneLanguage(click.Command):
    """A command that prints its own help: click's headings are English and its columns count characters."""

    say: Say

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        room = columns()
        usage = " ".join([ctx.command_path, *self.collect_usage_pieces(ctx)])
        formatter.write("\n".join([self.say("help.usage") + usage, "", *folded(self.help or "", room)]) + "\n")
        for heading, rows in self.sections(ctx):
            formatter.write("\n" + heading + "\n" + "".join(definition(term, text, room) for term, text in rows))
        if self.epilog:
            formatter.write("\n" + "\n".join(folded(self.epilog, room)) + "\n")

    def sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        return [(self.say("help.options"), [record for record in records if record])]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self.say("help.help")
        return option


def folded(text: str, room: int) -> list[str]:
    """Paragraphs in lines of at most `room` columns; lines that begin with blanks stay as they are."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend([line] if line.startswith(" ") else fold(line, room))
    return lines


def definition(term: str, text: str, room: int) -> str:
    """A term and its text in two columns; the text goes below a term that is too long for its column."""
    lines = fold(text, room - _TERM_COLUMN - 2)
    head = "  " + term
    if width(head) >= _TERM_COLUMN:
        shown = [head, *(" " * _TERM_COLUMN + line for line in lines)]
    else:
        shown = [pad(head, _TERM_COLUMN) + lines[0], *(" " * _TERM_COLUMN + line for line in lines[1:])]
    return "\n".join(line.rstrip() for line in shown) + "\n"


class Command(HelpInOneLanguage):
    """A command of the program."""

    def __init__(
        self, name: str, say: Say, callback: Callable[..., Any], params: Sequence[click.Parameter], key: str = ""
    ) -> None:
        """`key` begins the names of its messages where that is not its own name: `drg.group`."""
        self.say = say
        every = [*params, language_option(say)]
        super().__init__(name, callback=callback, params=every, help=say(f"{key or name}.help"))


def language_option(say: Say) -> click.Option:
    """--lang, taken by every command; what it says was looked up before parsing."""
    return click.Option(
        ["--lang"], type=click.Choice(["zh", "en"]), expose_value=False, help=say("help.lang"), metavar="zh|en"
    )


def usage_message(error: click.UsageError, say: Say) -> str:
    """What is wrong with a call."""
    if isinstance(error, click.NoSuchOption):
        like = ", ".join(error.possibilities or ())
        key = "usage.no-option-like" if like else "usage.no-option"
        return say(key, name=error.option_name, like=like)
    if isinstance(error, click.MissingParameter):
        return say("usage.missing", name=_name(error.param, error))
    if isinstance(error, click.BadParameter):
        return say("usage.bad-value", name=_name(error.param, error), reason=_reason(error, say))
    if isinstance(error, click.BadOptionUsage):
        return say("usage.needs-value", name=error.option_name)
    extra = _EXTRA.match(error.message)
    if extra:
        return say("usage.extra", words=extra[1])
    return say("usage.other", reason=error.format_message())


def _name(param: click.Parameter | None, error: click.UsageError) -> str:
    if param is None:
        return "?"
    context = error.ctx or click.Context(click.Command(""))
    return max(param.opts, key=len) if isinstance(param, click.Option) else param.make_metavar(context).rstrip(".")


def _reason(error: click.BadParameter, say: Say) -> str:
    value = getattr(error, "value", None) or _quoted(error.message)
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        return say("usage.choice", value=value, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.types.IntParamType):
        return say("usage.number", value=value)
    return error.message


def _quoted(message: str) -> str:
    """The value that a message of click quotes first."""
    parts = message.split("'")
    return parts[1] if len(parts) > 2 else message
