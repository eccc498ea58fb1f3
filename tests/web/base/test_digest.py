"""Equal inputs have equal digests, and any changed field has another one."""

import collections.abc
import dataclasses
import datetime
import pkgutil
import types
import typing
from collections.abc import Mapping, Sequence, Set
from decimal import Decimal
from importlib import import_module
from typing import Any

import msgspec
import pytest
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from hypothesis import given
from hypothesis import strategies as st

import guatu.web
from guatu.web.base.actions import Action
from guatu.web.base.actions.digest import digest_of
from guatu.web.base.actions.keys import key_of
from guatu.web.cases.models import Case

TEXT = st.text(max_size=8)
PLAIN: st.SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(), st.decimals(), st.floats(), TEXT, st.dates(), st.times(), st.timedeltas(),
    st.datetimes(timezones=st.timezones()), st.datetimes(), st.binary(max_size=8),
    st.frozensets(st.integers()), st.frozensets(TEXT),
)  # fmt: skip
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.integers(), TEXT), inner, max_size=3),
    ),
    max_leaves=8,
)


@dataclasses.dataclass(frozen=True)
class Input:
    one: Any
    two: Any = None


@given(VALUES)
def test_the_same_input_has_the_same_digest(value: Any) -> None:
    assert digest_of(Input(value)) == digest_of(Input(value))


@given(VALUES, VALUES)
def test_another_value_in_a_field_has_another_digest_and_an_equal_one_the_same(one: Any, two: Any) -> None:
    same = digest_of(Input(one)) == digest_of(Input(two))
    if same:
        assert _alike(one, two)
    elif type(one) is type(two) and not isinstance(one, tuple | dict):
        assert one != two or _naive_fold(one)


def _naive_fold(value: Any) -> bool:
    """Moments without a zone, and those in the hour that a clock goes through twice, compare by other rules."""
    return isinstance(value, datetime.datetime)


def _alike(one: Any, two: Any) -> bool:
    """Equal, or not a number in the same manner."""
    return bool(one == two) or repr(one) == repr(two) or str(one) == str(two)


@given(VALUES, VALUES)
def test_a_value_counts_for_the_field_in_which_it_stands(one: Any, two: Any) -> None:
    if digest_of(Input(one)) != digest_of(Input(two)):
        assert digest_of(Input(one, two)) != digest_of(Input(two, one))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Decimal("1.0"), Decimal("1.00")),
        (Decimal("100"), Decimal("1E+2")),
        (0.5, Decimal("0.5")),
        (0.0, -0.0),
        ({3, 1, 2}, frozenset((2, 3, 1))),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ((1, 2), [1, 2]),
        (Case.Source.API, "api"),
        (
            datetime.datetime(2024, 6, 1, 8, tzinfo=datetime.UTC),
            datetime.datetime(2024, 6, 1, 16, tzinfo=datetime.timezone(datetime.timedelta(hours=8))),
        ),
    ],
)
def test_what_is_written_otherwise_and_is_the_same_counts_as_the_same(one: Any, two: Any) -> None:
    assert digest_of(Input(one)) == digest_of(Input(two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (1, "1"),
        (1, True),
        (None, ""),
        ((), None),
        ({"1": "a"}, {1: "a"}),
        (["ab"], ["a", "b"]),
        (datetime.date(2024, 6, 1), "2024-06-01"),
        (b"ab", "ab"),
        ((1,), {1}),
        (Decimal("1.1"), Decimal("1.10000000000000000000000000000000000001")),
    ],
)
def test_what_looks_alike_and_is_another_thing_counts_as_another(one: Any, two: Any) -> None:
    assert digest_of(Input(one)) != digest_of(Input(two))


def test_an_uploaded_file_counts_by_its_name_and_content_and_is_left_where_it_stood() -> None:
    def file(content: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, content)

    first = file(b"picture")
    first.read(3)
    assert digest_of(Input([first])) == digest_of(Input([file(b"picture")]))
    assert first.read() == b"ture"
    assert digest_of(Input([file(b"picture")])) != digest_of(Input([file(b"Picture")]))
    assert digest_of(Input([file(b"picture")])) != digest_of(Input([file(b"picture", "b.jpg")]))


def test_a_lone_surrogate_from_a_program_is_a_text_like_any_other() -> None:
    assert digest_of(Input("\ud800")) != digest_of(Input("?"))
    assert key_of("request", "\ud800") != key_of("request", "?")


def _actions() -> list[type]:
    for module in pkgutil.walk_packages(guatu.web.__path__, "guatu.web."):
        if ".actions." in module.name:
            import_module(module.name)
    found, todo = [], [Action]
    while todo:
        below = todo.pop().__subclasses__()
        todo += below
        found += [one for one in below if dataclasses.is_dataclass(one) and one.__module__.startswith("guatu.")]
    return found


KNOWN = (str, int, float, Decimal, bool, bytes, type(None), datetime.date, datetime.time, datetime.timedelta)


def _canonical(kind: Any, seen: frozenset[Any] = frozenset()) -> bool:
    """Whether each value of an annotated type has a canonical form."""
    if kind is Any or isinstance(kind, typing.TypeVar) or kind in seen or kind is Ellipsis:
        return True
    origin = typing.get_origin(kind)
    if origin is type:
        return True
    if origin is collections.abc.Callable:
        return False
    if origin is not None:
        inner = all(_canonical(one, seen) for one in typing.get_args(kind) if not isinstance(one, str))
        whole = origin in (typing.Union, types.UnionType) or not isinstance(origin, type) or _canonical(origin, seen)
        return inner and whole
    if isinstance(kind, type) and issubclass(kind, (*KNOWN, File, Mapping, Set, Sequence, Model)):
        return True
    if dataclasses.is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        hints = typing.get_type_hints(kind)
        names = [f.name for f in dataclasses.fields(kind)] if dataclasses.is_dataclass(kind) else kind.__struct_fields__
        return all(_canonical(hints[name], seen | {kind}) for name in names)
    return not isinstance(kind, type)


def test_every_action_of_the_house_has_a_canonical_form() -> None:
    found = _actions()
    assert len(found) > 120
    lacking = [one.__qualname__ for one in found if not _canonical(one)]
    # Done by their jobs alone, whose numbers are the keys: they are never compared.
    assert sorted(lacking) == ["ImportSheet", "StoreCompiled"]


def test_keys_of_two_rooms_never_meet_and_a_missing_part_makes_no_key() -> None:
    assert key_of("request", "job-17") != key_of("job", 17)
    assert key_of("public", "", "k") == key_of("public", "visitor", "") == ""
    assert key_of("request", "长" * 500) != key_of("request", "长" * 501)
    assert all(len(key_of("public", "v" * 64, text)) <= 140 for text in ("k" * 64, "k" * 5000, "\0"))
