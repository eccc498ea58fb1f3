"""Settings. Everything that differs between counties comes from the environment or from the database."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.contrib.messages import constants as message_constants

from guatu.web.project.oidc import providers
from guatu.web.serving.private import spool

WEB = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("GUATU_DATA", Path.cwd() / "var")).resolve()
DEBUG = os.environ.get("GUATU_DEBUG", "") == "1"
ALLOWED_HOSTS = os.environ.get("GUATU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GUATU_ORIGINS", "").split(",") if o]


def _secret() -> str:
    """The county's own key: made once, kept beside its data, never in the repository."""
    given = os.environ.get("GUATU_SECRET")
    if given:
        return given
    path = DATA / "secret"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")


SECRET_KEY = _secret()
# Secrets used before, divided by commas: what they signed or encrypted is still read, nothing new is made with them.
SECRET_KEY_FALLBACKS = [one for one in os.environ.get("GUATU_SECRET_BEFORE", "").split(",") if one]

# Parts of the server, those below first. Addresses, API and menu of each are found by being there.
GUATU_APPS = [
    "base",
    "kit",
    "directory",
    "ledger",
    "dispatch",
    "cases",
    "duties",
    "intake",
    "grids",
    "evaluation",
    "inspection",
    "drg",
    "public",
    "county",
]

INSTALLED_APPS = [
    *(f"guatu.web.{app}" for app in GUATU_APPS),
    "guatu.web.example",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "guatu.web.base.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "guatu.web.base.middleware.WithoutNulMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "guatu.web.base.bodies.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guatu.web.base.middleware.LanguageMiddleware",
    "guatu.web.base.middleware.ActorMiddleware",
    "guatu.web.base.middleware.AccountDutiesMiddleware",
    "guatu.web.base.middleware.ProblemMiddleware",
]

ROOT_URLCONF = "guatu.web.project.urls"
WSGI_APPLICATION = "guatu.web.project.wsgi.application"
AUTH_USER_MODEL = "base.User"
CSRF_FAILURE_VIEW = "guatu.web.base.views.forged"
# The words of the style sheets.
MESSAGE_TAGS = {message_constants.ERROR: "danger"}
# The module that knows the roles of users.
GUATU_ROLES = "guatu.web.directory.selectors.grants"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guatu.web.base.context.page",
            ],
            # What all pages are put together from, so that none has to load it.
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.templatetags.static",
                "guatu.web.base.templatetags.forms",
                "guatu.web.base.templatetags.guatu_tags",
                "guatu.web.kit.templatetags.kit",
                "guatu.web.kit.templatetags.lists",
                "guatu.web.kit.templatetags.page",
            ],
        },
    }
]


def _database() -> dict[str, object]:
    """SQLite beside the data, or PostgreSQL by GUATU_DATABASE=postgresql://user:password@host:port/name."""
    url = os.environ.get("GUATU_DATABASE", "")
    if not url:
        DATA.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "guatu.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": os.environ.get("GUATU_TEST_DATABASE") or None},
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
    }


DATABASES = {"default": _database()}
# Constraints that take NULL for a value are PostgreSQL's; in SQLite writers wait for each other, so none is overtaken.
SILENCED_SYSTEM_CHECKS = ["models.W047"]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 14 * 24 * 3600  # how long a link to set one's first password holds
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, and after SESSION_COOKIE_AGE at the latest
ACCOUNT_ADAPTER = "guatu.web.base.accounts.AccountAdapter"
# The library's limits are locks that a stranger can set on an account or an address; base.slowdowns counts instead.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_FORMS = {"change_password": "guatu.web.base.account_forms.ChangePasswordForm"}
# The library's own looks for mail addresses, of which there are none.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
MFA_ADAPTER = "guatu.web.base.second_factor.MFAAdapter"
MFA_FORMS = {
    "authenticate": "guatu.web.base.account_forms.AuthenticateForm",
    "reauthenticate": "guatu.web.base.account_forms.ReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = os.environ.get("GUATU_NAME", "guatu")
# Number of reverse proxies in front; without it all visitors seem to come from the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("GUATU_PROXIES", "0"))
if ALLAUTH_TRUSTED_PROXY_COUNT:
    # Without a proxy anybody could write this header.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SOCIALACCOUNT_ADAPTER = "guatu.web.base.single_sign_on.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
SOCIALACCOUNT_ONLY = False
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("GUATU_HTTPS", "") == "1"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# Used puzzles and codes, and how often public pages are used, hold over all server processes, so they lie in the
# database. "local" is each process's own.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "guatu_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [WEB / "project" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("GUATU_TIME_ZONE", "Asia/Shanghai")
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of a folder that is not there
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "guatu.web.base.static_files.StampedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
MEDIA_ROOT = DATA / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Bytes: of one file; of all that one request brings, which may be several files; of a request without an account.
GUATU_LARGEST_UPLOAD = int(os.environ.get("GUATU_LARGEST_UPLOAD", 64 * 2**20))
GUATU_LARGEST_BODY = 2 * GUATU_LARGEST_UPLOAD + 2**20
GUATU_LARGEST_PUBLIC = int(os.environ.get("GUATU_LARGEST_PUBLIC", 32 * 2**20))
FILE_UPLOAD_TEMP_DIR = spool(DATA)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# No mail is sent: accounts have no addresses, and a backend that prints would put links into the log.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "guatu.web.base.logs.WithoutSecrets",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GUATU_LOG", "WARNING")},
}
