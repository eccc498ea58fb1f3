"""python -m guatu.web settings: what the county has set, and the change of it. Called by `guatu settings`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.actions import Context, perform
from guatu.web.base.actions.set_setting import SetSetting, TryFirst
from guatu.web.base.actors import Actor
from guatu.web.base.backup.problems import REFUSED
from guatu.web.base.declarations import declarations
from guatu.web.base.management.commands._called import CalledCommand, actor_named
from guatu.web.base.parsing import day_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.selectors.settings import SettingLine, setting_lines

_LONGEST = 70


class Command(CalledCommand):
    help = "The settings of the county."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["list", "get", "set"])
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("value", nargs="?")
        parser.add_argument("--changed", action="store_true")
        parser.add_argument("--file", default="")
        parser.add_argument("--default", action="store_true")
        parser.add_argument("--from", dest="valid_from", default="")
        parser.add_argument("--source", default="")
        parser.add_argument("--user", default="")
        parser.add_argument("--yes", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.speak(lambda: self._told(options))

    def _told(self, options: dict[str, Any]) -> int:
        try:
            actor = actor_named(options["user"])
            {"list": self._list, "get": self._get, "set": self._set}[options["what"]](actor, options)
        except Problem as problem:
            self.stderr.write(_("错误:%(message)s") % {"message": problem.message})
            if isinstance(problem, TryFirst):
                self._tried(problem)
            return REFUSED
        return 0

    def _list(self, actor: Actor, options: dict[str, Any]) -> None:
        lines = [one for one in setting_lines(actor) if one.differs or one.wrong or not options["changed"]]
        wide = max((len(one.declared.name) for one in lines), default=0)
        said = [f"{_mark(one)} {one.declared.name:<{wide}}  {_short(one)}  # {one.declared.label}" for one in lines]
        # In one go: whoever reads only the first lines (`| head`) breaks no pipe.
        self.stdout.write("\n".join([*said, _("* 与默认不同;! 现有的值不能用。查看一项:guatu settings get 名称")]))

    def _get(self, actor: Actor, options: dict[str, Any]) -> None:
        line = _line(actor, options["name"])
        kept = line.kept
        self.stdout.write(kept if isinstance(kept, str) else json.dumps(kept, ensure_ascii=False, indent=1))
        since = line.row.valid_from.isoformat() if line.row else _("默认")
        self.stderr.write(f"# {line.declared.label} · {since}\n# {line.declared.kind.described()}")
        if line.wrong:
            self.stderr.write(_("现有的值不能用:%(why)s") % {"why": line.wrong})

    def _set(self, actor: Actor, options: dict[str, Any]) -> None:
        line = _line(actor, options["name"])
        given = _given(line, options)
        day = day_of(options["valid_from"], field="valid_from")
        action = SetSetting(options["name"], given, day, options["source"], line.stamp)
        context = Context(actor, timezone.now())
        try:
            row = perform(action, context)
        except TryFirst as problem:
            if not options["yes"]:
                raise
            self._tried(problem)
            row = perform(replace(action, tried=str(problem.data["tried"])), context)
        self.stdout.write(
            _("已保存 %(name)s,自 %(day)s 起执行。") % {"name": row.name, "day": row.valid_from.isoformat()}
        )

    def _tried(self, problem: TryFirst) -> None:
        for one in problem.tried.lines:
            self.stderr.write(f"  {one.what}: {one.before} → {one.after}")
        self.stderr.write(_("确认这样改,请加 --yes 再执行一次。"))


def _line(actor: Actor, name: str) -> SettingLine:
    if name not in declarations():
        raise Invalid(_("没有“%(name)s”这项设置。") % {"name": name[:80]}, field="name", code="setting.unknown")
    return setting_lines(actor, [name])[0]


def _given(line: SettingLine, options: dict[str, Any]) -> Any:
    text, file, default = options["value"], options["file"], options["default"]
    if [text is not None, bool(file), default].count(True) != 1:
        said = _("请写明新的值,或 --file 文件,或 --default,三者取一。")
        raise Invalid(said, field="value", code="setting.no-value")
    return None if default else line.declared.kind.of_text(_read(Path(file)) if file else text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = _("%(name)s 读不出来:应为 UTF-8 文本文件。") % {"name": path}
        raise Invalid(said, field="value", code="setting.no-file") from error


def _mark(line: SettingLine) -> str:
    if line.wrong:
        return "!"
    return "*" if line.differs else " "


def _short(line: SettingLine) -> str:
    text = "; ".join(line.lines) or "—"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
