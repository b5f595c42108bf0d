"""Django's settings, all from the workspace."""

from __future__ import annotations

from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF

from bluelamp.config.settings_mail import *  # noqa: F403
from bluelamp.config.settings_sign_in import *  # noqa: F403
from bluelamp.config.workspace import Workspace, find_workspace, read_secret_key
from bluelamp.lib.definitions import SHIPPED

WORKSPACE = find_workspace()


def read_database(workspace: Workspace) -> dict[str, object]:
    """SQLite in the workspace, or the PostgreSQL server of DATABASE_URL."""
    if not workspace.database_url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": workspace.database_file,
            # A writer takes the lock when it begins, so two writers queue instead of failing half-way.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    url = urlparse(workspace.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "bluelamp",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or "") or _socket_folder(url.query),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _socket_folder(query: str) -> str:
    """pgserver gives `?host=/path/of/socket`."""
    named = [part[5:] for part in query.split("&") if part.startswith("host=")]
    return unquote(named[0]) if named else ""


DEBUG = False
SECRET_KEY = read_secret_key(WORKSPACE)
ALLOWED_HOSTS = list(WORKSPACE.hosts)
DATABASES = {"default": read_database(WORKSPACE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisations.User"
ROOT_URLCONF = "bluelamp.config.urls"
WSGI_APPLICATION = "bluelamp.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "bluelamp.ledger",
    "bluelamp.organisations",
    "bluelamp.documents",
    "bluelamp.register",
    "bluelamp.inspections",
    "bluelamp.performance",
    "bluelamp.assurance",
    "bluelamp.intake",
    "bluelamp.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bluelamp.desk.entrance.sessions.SessionLimits",
    "bluelamp.desk.entrance.sessions.SignInRequired",  # Django's LoginRequiredMiddleware, in our words
    "bluelamp.desk.entrance.sessions.SecondStepRequired",
    "bluelamp.desk.entrance.sent_once.SentOnce",  # after the guards: what they turn away was not done
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it answers in place of a sign-in that is locked out
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WORKSPACE.https
# Over TLS the browser itself sees to it that no neighbouring host sets our cookies.
SESSION_COOKIE_NAME = "__Host-sessionid" if WORKSPACE.https else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if WORKSPACE.https else "csrftoken"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if WORKSPACE.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "/sign-in"
CSRF_FAILURE_VIEW = "bluelamp.desk.views.errors.form_too_old"
LOGIN_REDIRECT_URL = "/"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"  # stored in UTC; days are days in London
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

CHECKPOINTS = WORKSPACE.folder / "keys"  # outside the database: keep a copy elsewhere
DEFINITIONS = SHIPPED
WORKSPACE_DEFINITIONS = WORKSPACE.definitions
WORK_BEHIND_PAGES = True  # what takes seconds is worked out in a thread, and the page that asked waits for it

# What fails is told on standard error, where whoever runs the server can keep it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "bluelamp": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
