"""Django's settings. The database is SQLite in the office's folder; SUNLOT_DATABASE=postgresql://user:password@host/name takes its place."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

HERE = Path(__file__).parent
HOME = Path(os.environ.get("SUNLOT_HOME", "office")).resolve()
SECRET_KEY = os.environ.get("SUNLOT_SECRET_KEY", "")  # else start.open_office takes it from the office's folder
DEBUG = False
ALLOWED_HOSTS = os.environ.get("SUNLOT_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_htmx",
    "csp",
    "sunlot.office.shell",
    "sunlot.office.journal",
    "sunlot.office.accounts",
    "sunlot.office.approvals",
    "sunlot.office.administration",
    "sunlot.office.records",
    "sunlot.office.bureau",
    "sunlot.office.imports",
    "sunlot.office.roster",
    "sunlot.office.inspectors",
    "sunlot.office.catalog",
    "sunlot.office.plan",
    "sunlot.office.lottery",
    "sunlot.office.ceremony",
    "sunlot.office.visits",
    "sunlot.office.field",
    "sunlot.office.papers",
    "sunlot.office.followup",
    "sunlot.office.cases",
    "sunlot.office.disclosure",
    "sunlot.office.release",
    "sunlot.office.complaints",
    "sunlot.office.portal",
    "sunlot.office.workbench",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "sunlot.office.disclosure.middleware.PublicFirst",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sunlot.office.shell.middleware.Gate",
    "sunlot.office.shell.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "sunlot.office.urls"
WSGI_APPLICATION = "sunlot.office.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "sunlot.office.shell.context.shell",
                "sunlot.office.bureau.context.organ",
            ],
            "builtins": ["sunlot.office.shell.templatetags.shell", "django.templatetags.i18n"],
        },
    }
]

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "/static/"
STATICFILES_DIRS = [
    ("verifier", HERE.parents[2] / "frontend" / "verifier" / "src")
]  # its SHA-256 also serves the phones
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "accounts:login", "workbench:home", "accounts:login"
SESSION_COOKIE_AGE = 30 * 60  # of idleness; shell.middleware.Gate renews it at most once a minute
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = bool(
    os.environ.get("SUNLOT_HTTPS")
)  # set where the office is served over HTTPS
SECURE_HSTS_SECONDS = 30 * 86_400 if SESSION_COOKIE_SECURE else 0
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_CALLABLE = "sunlot.office.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else whoever keeps trying keeps the owner out for ever
AXES_DISABLE_ACCESS_LOG = True  # logins stand in the journal, their addresses sealed
OTP_TOTP_ISSUER = "Sunlot 阳光抽查"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # the account is locked wherever the guesses come from
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # bulk actions on long lists
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20


def database(home: Path, url: str = "") -> dict[str, Any]:
    """Return Django's description of the database: SQLite in `home`, or the PostgreSQL of the URL."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home / "office.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",  # who writes says so at once: no deadlock, no lost update
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
    }


DATABASE_URL = os.environ.get("SUNLOT_DATABASE", "")
DATABASES = {"default": database(HOME, DATABASE_URL)}
