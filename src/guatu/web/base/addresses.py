"""Addresses of pages of one row, made once: a list shows hundreds of them."""

from __future__ import annotations

from functools import cache

from django.urls import reverse

_NUMBER = 10**15
"""Stands for the number of a row."""


@cache
def address_form(name: str) -> str:
    """Address of a page of one row, with %d for the row's number."""
    return reverse(name, args=[_NUMBER]).replace(str(_NUMBER), "%d")
