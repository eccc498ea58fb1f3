"""The first hour of a county in one go: a workbook, or lines of it that a program sends; tried first, or written.

Every sheet is turned into what the actions and imports of the directory take, so that nothing is written in a second
way. What is tried is done and taken back: a preview cannot say anything else than what is written afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, also, perform
from guatu.web.base.actions.action import require
from guatu.web.base.settings_table import forget, setting
from guatu.web.county.actions.loading.common import Loaded
from guatu.web.county.actions.loading.own import load_own
from guatu.web.county.actions.loading.people import load_people
from guatu.web.county.actions.loading.places import load_places
from guatu.web.county.actions.loading.units import load_units, set_up_with_towns
from guatu.web.county.lines import whole_code
from guatu.web.county.sheets import BY_KEY, COUNTY, SHEETS
from guatu.web.directory.actions.reset_password import FirstPassword, ResetPassword
from guatu.web.directory.selectors.accounts import id_of
from guatu.web.kit.sheets import Book, Sheet, read_workbook, sheet_of_rows

_LOADERS = {"towns": load_places, "units": load_units, "people": load_people}
_RIGHTS = {"county": "settings.edit", "towns": "directory.edit", "units": "directory.edit", "people": "accounts.edit"}


@dataclass(frozen=True)
class SheetOutcome:
    """What one sheet comes to. `there` is False where it was not sent. A `row` of 0 in an error is the sheet as a
    whole."""

    key: str
    title: str
    there: bool = True
    rows: int = 0
    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    errors: tuple[Mapping[str, Any], ...] = ()
    unknown: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    """Units that are set up with their towns, though no line names them."""

    @property
    def bad_rows(self) -> int:
        return len({error["row"] for error in self.errors})


@dataclass(frozen=True)
class Account:
    """A new account with its first password, which is shown once: "" where this was asked for before."""

    username: str
    password: str


@dataclass(frozen=True)
class Outcome:
    """`written` is False where it was only tried, or something was wrong and only all of it was wanted."""

    sheets: tuple[SheetOutcome, ...]
    written: bool
    unknown: tuple[str, ...] = ()
    """Tabs that belong to no sheet."""
    accounts: tuple[Account, ...] = ()
    repeated: bool = False

    @property
    def created(self) -> int:
        return sum(len(one.created) + len(one.along) for one in self.sheets)

    @property
    def changed(self) -> int:
        return sum(len(one.changed) for one in self.sheets)

    @property
    def same(self) -> int:
        return sum(one.same for one in self.sheets)

    @property
    def good(self) -> int:
        """How many things are new or changed."""
        return self.created + self.changed

    @property
    def wrong(self) -> int:
        return sum(one.bad_rows for one in self.sheets)


@dataclass(frozen=True)
class _Load(Action[Outcome]):
    words = gettext_lazy("录入县、乡镇、单位和人员")

    @property
    def mode(self) -> tuple[bool, bool]:
        """Whether only the good lines are wanted, and whether it is only tried."""
        raise NotImplementedError

    def book(self) -> Book:
        raise NotImplementedError

    @cached_property
    def _book(self) -> Book:
        return self.book()

    @cached_property
    def _passwords(self) -> list[FirstPassword]:
        return []

    def prepare(self, context: Context) -> None:
        """Reads the file, and makes as many passwords as it will take: a hash each, while nobody waits."""
        _ = self._book
        if not self.mode[1]:
            # How many accounts there will be is known only when all is tried.
            accounts = sum(len(loaded.accounts) for loaded in self._tried(context).values())
            self._passwords.extend(FirstPassword.made() for _n in range(accounts))

    def _tried(self, context: Context) -> dict[str, Loaded]:
        with transaction.atomic():
            found = self._load(context, Change(None))
            _take_back()
        return found

    def change(self, context: Context) -> Change[Outcome]:
        only_good, tried = self.mode
        change: Change[Any] = Change(None)
        with transaction.atomic():
            loaded = self._load(context, change)
            wrong = any(one.errors for one in loaded.values())
            done = not tried and (only_good or not wrong)
            # Passwords come last: of what is taken back nobody may have seen one.
            accounts = tuple(self._accounts(loaded, context, change)) if done else ()
            if not done:
                _take_back()
        outcome = Outcome(tuple(self._outcomes(loaded)), done, tuple(self._book.unknown), accounts)
        return Change(outcome, change.lines if done else [])

    def answer(self, result: Outcome) -> Any:
        # The answer lies in the database for days; passwords are kept nowhere.
        return asdict(replace(result, accounts=tuple(replace(one, password="") for one in result.accounts)))

    def recall(self, answer: Any) -> Outcome:
        sheets = tuple(SheetOutcome(**one) for one in answer.pop("sheets"))
        accounts = tuple(Account(**one) for one in answer.pop("accounts"))
        return Outcome(**{**answer, "sheets": sheets, "accounts": accounts, "repeated": True})

    def _load(self, context: Context, change: Change[Any]) -> dict[str, Loaded]:
        found = {}
        for kind in SHEETS:
            sheet = self._book.sheets.get(kind.key)
            if kind.key in self._book.wrong:
                found[kind.key] = Loaded().refused(self._book.wrong[kind.key])
            # Who may not do what a sheet asks for is refused the whole workbook: half of it would be a surprise.
            elif sheet is not None and sheet.rows:
                require(context, _RIGHTS[kind.key])
                found[kind.key] = self._sheet(kind.key, sheet, context, change)
        return found

    def _sheet(self, key: str, sheet: Sheet, context: Context, change: Change[Any]) -> Loaded:
        if key == COUNTY.key:
            return load_own(sheet, context, change)
        loaded = _LOADERS[key](sheet, context, change)
        if key == "towns" and (county := setting("county.code", context.actor.today)):
            # Towns that other lines brought long ago are none of this workbook's business.
            codes = {whole_code(row.values["code"], county) for row in sheet.rows if "code" in row.values}
            loaded.along += set_up_with_towns(self._book.sheets.get("units"), codes, context, change)
        return loaded

    def _accounts(self, loaded: Mapping[str, Loaded], context: Context, change: Change[Any]) -> Iterator[Account]:
        for username in (name for one in loaded.values() for name in one.accounts):
            password = self._passwords.pop() if self._passwords else None
            made = also(ResetPassword(id_of(username), password), context, change)
            yield Account(username, made.raw)

    def _outcomes(self, loaded: Mapping[str, Loaded]) -> Iterator[SheetOutcome]:
        for kind in SHEETS:
            sheet, one = self._book.sheets.get(kind.key), loaded.get(kind.key, Loaded())
            there = sheet is not None or kind.key in self._book.wrong
            yield SheetOutcome(
                kind.key,
                str(kind.title),
                there,
                len(sheet.rows) if sheet else 0,
                tuple(one.created),
                tuple(one.changed),
                one.same,
                tuple(error.as_json() for error in one.errors),
                tuple(sheet.unknown) if sheet else (),
                tuple(one.notes),
                tuple(one.along),
            )


@dataclass(frozen=True)
class LoadWorkbook(_Load):
    """An xlsx file with the sheets of `county.sheets`."""

    data: bytes
    filename: str
    only_good: bool = False
    tried: bool = False
    name = "county.load-workbook"
    permission = "settings.edit"

    @property
    def mode(self) -> tuple[bool, bool]:
        return self.only_good, self.tried

    def book(self) -> Book:
        return read_workbook(self.data, self.filename, SHEETS)


@dataclass(frozen=True)
class LoadRows(_Load):
    """Lines of one sheet, by the names of its columns."""

    kind: str
    rows: tuple[Mapping[str, Any], ...]
    only_good: bool = False
    tried: bool = False
    name = "county.load-rows"

    @property
    def mode(self) -> tuple[bool, bool]:
        return self.only_good, self.tried

    def permit(self, context: Context) -> None:
        require(context, _RIGHTS[self.kind])

    def book(self) -> Book:
        return Book({self.kind: sheet_of_rows(self.rows, BY_KEY[self.kind].columns)})


def tried(data: bytes, filename: str, context: Context) -> Outcome:
    """What a workbook comes to, without anything being kept."""
    return perform(LoadWorkbook(data, filename, tried=True), replace(context, key=""))


def _take_back() -> None:
    # Settings are kept for the length of a request, those of a county that never came to be as well.
    transaction.set_rollback(True)
    forget()
