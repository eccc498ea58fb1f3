"""Entry for gunicorn: guatu.web.project.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.web.project.settings")
application = get_wsgi_application()
