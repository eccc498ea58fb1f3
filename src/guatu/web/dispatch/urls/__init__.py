"""Addresses of dispatch. Each module of this package keeps those of one subject as `urlpatterns`, found by
being there."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    pattern
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__))
    for pattern in import_module(f"{__name__}.{name}").urlpatterns
]
