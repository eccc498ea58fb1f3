"""What tables a database has, in a form that two databases can be compared by; as a program, that of the settings."""

from __future__ import annotations

import json
from typing import Any

Schema = dict[str, dict[str, list[Any]]]


def schema_of(connection: Any) -> Schema:
    """For each table its columns (name, type, null) and its constraints and indexes, without their generated names."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        return {table: _table(connection, cursor, table) for table in tables if table != "django_migrations"}


def _table(connection: Any, cursor: Any, table: str) -> dict[str, list[Any]]:
    described = connection.introspection.get_table_description(cursor, table)
    columns = [[one.name, str(one.type_code), one.display_size, bool(one.null_ok)] for one in described]
    constraints = connection.introspection.get_constraints(cursor, table).values()
    rules = [
        [
            sorted(map(str, one["columns"] or ())),
            one["primary_key"],
            one["unique"],
            one["foreign_key"],
            one["check"],
            one["index"],
        ]
        for one in constraints
    ]
    # The order of columns is that of the migrations' history, which nobody relies on.
    return {"columns": sorted(columns, key=str), "rules": sorted(rules, key=str)}


if __name__ == "__main__":
    import django

    django.setup()
    from django.db import connection

    print(json.dumps(schema_of(connection)))
