"""The trail speaks of things in the words of the county, not of the program."""

import pytest
from django.apps import apps

OURS = [model for model in apps.get_models() if model.__module__.startswith("guatu.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_each_kind_of_thing_has_a_name_that_is_not_that_of_its_class(model) -> None:
    assert not str(model._meta.verbose_name).isascii()
