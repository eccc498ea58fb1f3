"""Entry for gunicorn: guatu.web.project.wsgi."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.web.project.settings")
application = get_wsgi_application()
# Read when the server starts, not while the first visitor waits.
len(get_resolver().url_patterns)
# What is loaded stays as long as the process: the collector need not walk it with every page of five hundred rows.
gc.freeze()
