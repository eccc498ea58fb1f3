"""What every app stands on: users, the audit line, files, background jobs, keys of requests."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

TOKEN_DAYS = datetime.timedelta(days=90)


class User(AbstractUser):
    """A person who logs in. What they may do is said by the roles they hold (directory.RoleGrant)."""

    display_name = models.CharField(_("姓名"), max_length=60, blank=True)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    language = models.CharField(max_length=10, blank=True)
    must_change_password = models.BooleanField(default=False)
    calendar_token = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.display_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new password ends all tokens, by whatever way it was set: form, reset, invitation or command line.

        Django leaves `_password` at the raw text until the row is saved, and clears it where it only renews the hash
        of the same password (AbstractBaseUser.check_password): that one ends nothing.
        """
        renewed = self._password is not None and self.pk is not None
        super().save(*args, **kwargs)
        if renewed:
            self.tokens.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())

    def take_password(self, raw: str, hashed: str) -> None:
        """As `set_password`, with a hash that was made before."""
        self.password, self._password = hashed, raw


class Versioned(models.Model):
    """A row that two people may edit at once: the second one is told (actions.versions)."""

    row_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class AuditEntry(models.Model):
    """One line for each write: who did what to which thing, when, with what stood there before and after."""

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=80, db_index=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    request_id = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("操作记录")
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id", "-at"])]


class RequestKey(models.Model):
    """An idempotency key: the same key from the same user gets the same answer and makes no second record."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)
    action = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, blank=True, default="")
    """Of what was said under the key (`actions.digest`): something else under it is refused. Empty for jobs."""
    answer = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("请求编号")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="one_answer_per_key"),
            # SQLite knows no `nulls_distinct`, and leaves a constraint out that asks for it.
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(user__isnull=True), name="one_answer_per_key_of_nobody"
            ),
        ]


class Attachment(models.Model):
    """A stored file, named by the SHA-256 of its bytes."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    elsewhere: Sequence[object] = ()
    """Where else the same bytes stand, for a page that asks; no column."""

    class Meta:
        verbose_name = _("文件")


class Job(models.Model):
    """Background work. A worker holds a job by a lease; when it is killed the lease ends and the job runs again."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        RUNNING = "running", _("运行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")

    class Failure(models.TextChoices):
        WORKER_LOST = "worker-lost"
        INTERNAL = "internal"

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    """Counted when a worker takes it: one that dies has tried."""
    holder = models.CharField(max_length=32, blank=True, default="")
    """Who has it: another text each time that it is taken. Who has lost it writes nothing of it any more."""
    failure = models.CharField(max_length=20, blank=True, default="", choices=Failure)
    """Why it was given up, where it was no problem that the work itself told (`message`)."""
    lease_until = models.DateTimeField(null=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    @property
    def outcome(self) -> dict[str, Any]:
        """What came of work that is done."""
        return self.result or {}

    class Meta:
        verbose_name = _("后台任务")

    @property
    def said(self) -> str:
        """What it says of itself now: how far it is, or why it failed."""
        return self.reason if self.state == self.State.FAILED else self.message

    @property
    def reason(self) -> str:
        """Why it failed, for whoever waits for it."""
        if self.failure == self.Failure.WORKER_LOST:
            said = gettext(
                "执行这项工作的进程 %(n)d 次中途退出(可能内存不足),系统不再重试。"
                "请减小文件后重新提交,或请管理员在“后台任务”中重新执行。"
            )
            return said % {"n": self.attempts}
        if self.failure == self.Failure.INTERNAL:
            return gettext("内部错误,已记录。请管理员查看服务器日志后,在“后台任务”中重新执行。")
        return self.message or gettext("没有说明原因。")


def default_end() -> datetime.datetime:
    return timezone.now() + TOKEN_DAYS


class ApiToken(models.Model):
    """A token for programs; only its hash is stored. It works while all of base.tokens.refused_for is content."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    """Words of base.scopes; a token without one may nothing but say whose it is."""
    roles = models.JSONField(default=list)
    """Roles held when it was made, as [role, unit number]: it dies with the first of them."""
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(default=default_end)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    """Written at most once in ten minutes."""

    class Meta:
        verbose_name = _("接口令牌")


class Slowdown(models.Model):
    """A count of wrong passwords or codes in a row, and until when the next try has to wait or to solve a puzzle.

    `key` is a keyed hash of what is counted (base.slowdowns), so that a password typed in the place of the name is not
    kept. Rows are forgotten a day after their last failure, and there are never more than MOST_ROWS of them.
    """

    class Kind(models.TextChoices):
        PAIR = "pair", _("账号和网络地址")
        DEVICE = "device", _("常用设备")
        SESSION = "session", _("已登录的会话")
        ACCOUNT = "account", _("账号(所有地址)")
        ADDRESS = "address", _("网络地址(所有账号)")
        CODE = "code", _("两步验证码")

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="slowdowns")
    address = models.CharField(max_length=45, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    next_at = models.DateTimeField()

    class Meta:
        verbose_name = _("登录限速")


class Setting(models.Model):
    """A setting of the county, valid from a day on."""

    name = models.CharField(max_length=80)
    value = models.JSONField()
    valid_from = models.DateField()
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("设置")
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "valid_from"], name="one_value_a_day")]


class ClockMark(models.Model):
    """When the hourly run last passed (`base.clock`); one row."""

    ONLY: ClassVar = 1

    last = models.DateTimeField()
    done_on = models.DateField(null=True)
    """The day whose work was last done whole."""
    seen = models.BigIntegerField(default=0)
    """The last line of the trail that stood when it began: what came since may ask for it again."""

    class Meta:
        verbose_name = _("自动运行时间")


class CacheRow(models.Model):
    """What Django's database cache keeps: over all server processes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("缓存")
        db_table = "guatu_cache"
