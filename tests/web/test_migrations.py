"""Tests make their tables from the models; these tests hold that the migrations lead to the same tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests.web.live import Live, own_database
from tests.web.migrated import copy_to
from tests.web.schema import schema_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_migrations_lead_to_the_tables_of_the_models(tmp_path: Path) -> None:
    with own_database("guatu_migrated") as database:
        migrated = Live(tmp_path, database)
        copy_to(migrated.data, database)
        found = json.loads(migrated.python("tests.web.schema").splitlines()[-1])
    wanted = json.loads(json.dumps(schema_of(connection)))
    assert sorted(found) == sorted(wanted)
    # A library's tables are as its own migrations leave them: Django's widen a key that its models call narrow.
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("guatu.")
    }
    assert len(ours) > 50
    differing = {table: (found[table], wanted[table]) for table in ours if found[table] != wanted[table]}
    assert differing == {}, differing
