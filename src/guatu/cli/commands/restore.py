"""guatu restore: a backup tried, or made a county again."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import click

from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command


def build(say: Say) -> click.Command:
    params: list[click.Parameter] = [
        click.Argument(["file"], metavar="FILE"),
        click.Option(["--verify"], is_flag=True, help=say("restore.verify")),
        click.Option(["--data"], default="", metavar="DIR", help=say("restore.data")),
        click.Option(["--set-aside"], is_flag=True, help=say("restore.set-aside")),
        click.Option(["--passphrase-file"], default="", metavar="FILE", help=say("backup.passphrase")),
    ]
    return Command("restore", say, partial(run, say), params)


def run(say: Say, file: str, verify: bool, data: str, set_aside: bool, passphrase_file: str) -> int:
    from guatu.cli import web_server

    web_server.check_installed(say)
    if verify == bool(data):
        raise Stop(Exit.INPUT, say("restore.one-of"))
    arguments = ("restore", str(Path(file).resolve()), "--passphrase-file", passphrase_file)

    def opened_in(place: Path, *more: str) -> int:
        environment = {**web_server.environment(str(place)), "GUATU_LANG": say.language}
        return web_server.manage((*arguments, *more), environment)

    try:
        if verify:
            with tempfile.TemporaryDirectory(prefix="guatu-verify-") as folder:
                return opened_in(Path(folder), "--verify")
        return _restore(say, Path(data).resolve(), set_aside, opened_in)
    except OSError as error:
        raise Stop(Exit.OUTPUT, say("files.not-written", name=error.filename or data, reason=error.strerror)) from error


def _restore(say: Say, target: Path, set_aside: bool, opened_in: Callable[[Path], int]) -> int:
    """The backup is opened beside the target; only a whole one takes its name."""
    _check_target(say, target, set_aside)
    target.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=".guatu-restore-", dir=target.parent))
    try:
        if code := opened_in(place):
            return code
        _check_target(say, target, set_aside)  # restoring takes its time
        old = _move_in(place, target)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if old:
        print(say("restore.aside", name=old))
    print(say("restore.done", name=target))
    return Exit.OK


def _check_target(say: Say, target: Path, set_aside: bool) -> None:
    """Raises `Stop` where a server runs on the folder, or where it holds something that may not be set aside."""
    from guatu.cli import holding

    if holding.is_held(target):
        raise Stop(Exit.INPUT, say("restore.running", name=target))
    if target.exists() and not target.is_dir():
        raise Stop(Exit.INPUT, say("restore.no-folder", name=target))
    if not set_aside and target.is_dir() and any(target.iterdir()):
        raise Stop(Exit.INPUT, say("restore.not-empty", name=target))


def _move_in(place: Path, target: Path) -> Path | None:
    """Gives the folder its name; where what stood there was moved to, None where nothing stood there."""
    if not target.exists() or not any(target.iterdir()):
        place.rename(target)  # takes the place of an empty folder
        return None
    old = target.with_name(f"{target.name}.before-{datetime.now().astimezone():%Y%m%d-%H%M%S}")
    target.rename(old)
    try:
        place.rename(target)
    except OSError:
        old.rename(target)
        raise
    return old
