"""guatu manage administrator NAME: makes an account the county's administrator and prints its first password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import anonymous
from guatu.web.base.problems import Problem
from guatu.web.directory.actions.make_administrator import MakeAdministrator


class Command(BaseCommand):
    help = "Makes an account the county's administrator and prints its first password. 指定系统管理员并显示初始密码。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="user name; a new account where there is none · 用户名, 没有则新开")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = perform(MakeAdministrator(options["name"]), Context(anonymous(timezone.localdate()), timezone.now()))
        except Problem as problem:
            raise CommandError(str(problem.message)) from problem
        self.stdout.write(f"用户名 user name: {made.user.username}")
        self.stdout.write(f"初始密码 first password: {made.raw}")
        self.stdout.write("首次登录后须修改。 It must be changed at the first login.")
