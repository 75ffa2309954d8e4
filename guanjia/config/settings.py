"""Django settings. Everything an operator may change comes from the environment (docs/operating.md)."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from .environment import data_folder, database, flag, secret

BASE = Path(__file__).resolve().parent.parent
DATA = data_folder()
DEBUG = flag("GUANJIA_DEBUG")
DEMO = flag("GUANJIA_DEMO")
SECURE = flag("GUANJIA_HTTPS")
# Posts that export, refund or administer log in with a second factor. Only a demo may do without, and says so.
SECOND_FACTOR = not DEMO or flag("GUANJIA_SECOND_FACTOR")

SECRET_KEY = secret("GUANJIA_SECRET_KEY", DATA)
# Opens the wrapped keys of persons and the sensitive fields; never stored in the database.
MASTER_KEY = secret("GUANJIA_MASTER_KEY", DATA, size=32)
ALLOWED_HOSTS = os.environ.get("GUANJIA_HOSTS", "*" if not SECURE else "").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("GUANJIA_ORIGINS", "").split(",") if o]

AS_OWNER = flag("GUANJIA_AS_OWNER")
APP_URL = os.environ.get("DATABASE_URL", "postgresql://guanjia_app@localhost/guanjia")
OWNER_URL = os.environ.get("DATABASE_OWNER_URL", APP_URL)
DATABASES = {"default": database(OWNER_URL if AS_OWNER else APP_URL)}
# The plain role that the migrations grant to: it may never touch what is already in the journal.
APP_ROLE = str(database(APP_URL)["USER"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_cotton",
    "guanjia.config",
    "guanjia.kernel",
    "guanjia.places",
    "guanjia.people",
    "guanjia.web",
    "guanjia.parts.standards",
    "guanjia.parts.clocks",
    "guanjia.parts.papers",
    "guanjia.parts.files",
    "guanjia.parts.casework",
    "guanjia.parts.outreach",
    "guanjia.parts.imports",
    "guanjia.domains.cases",
    "guanjia.domains.repairs",
    "guanjia.domains.followups",
    "guanjia.domains.residents",
    "guanjia.domains.organization",
    "guanjia.domains.privacy",
    "guanjia.domains.gifts",
    "guanjia.shells.desk",
    "guanjia.shells.field",
    "guanjia.shells.office",
    "guanjia.shells.api",
]
# A room is found by its folder; the list above is the order of those that others stand on.
INSTALLED_APPS += [
    name
    for layer in ("parts", "domains", "shells")
    for place in sorted((BASE.parent / "guanjia" / layer).glob("*/apps.py"))
    if (name := f"guanjia.{layer}.{place.parent.name}") not in INSTALLED_APPS
]
# Rooms for tests only.
INSTALLED_APPS += [app for app in os.environ.get("GUANJIA_EXTRA_APPS", "").split(",") if app]
# A room that is not built yet does not stop the house from opening.
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS
    if not app.startswith("guanjia.") or (BASE.parent / app.replace(".", "/") / "apps.py").exists()
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guanjia.config.doors.ActorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "guanjia.config.urls"
WSGI_APPLICATION = "guanjia.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "guanjia.config.frame.frame",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "guanjia.web.loader.Loader",
                        "django_cotton.cotton_loader.Loader",  # where it is missing, its app writes a list of its own
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "guanjia.web.templatetags.cells"],
        },
    }
]

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["guanjia.people.login.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/login"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "guanjia.config.doors.csrf_failure"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
TIME_ZONE = os.environ.get("GUANJIA_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("GUANJIA_STATIC", DATA / "static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "guanjia.config.statics.Storage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Uploaded lists are full of personal data: they are cleared away this long after the last step.
IMPORTS_KEPT_DAYS = int(os.environ.get("GUANJIA_IMPORTS_KEPT_DAYS", "30"))
# Requests a minute with the API token of a person; programs have a limit of their own. A demo is there to be measured.
API_PER_MINUTE = int(os.environ.get("GUANJIA_API_PER_MINUTE", "60000" if DEMO else "1200"))
# One photograph from a phone is under 10 MB before it is made smaller; a video is bounded in parts/files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
if SECURE:
    SECURE_HSTS_SECONDS = 31536000
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("GUANJIA_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("GUANJIA_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("GUANJIA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GUANJIA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("GUANJIA_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = os.environ.get("GUANJIA_MAIL_FROM", "guanjia@localhost")

# Networks of the company's own that gateways and webhooks may lie in; everything else must be a public address.
OUTSIDE_ALLOW = [n.strip() for n in os.environ.get("GUANJIA_OUTSIDE_ALLOW", "").split(",") if n.strip()]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "guanjia.config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("GUANJIA_LOG_LEVEL", "WARNING")},
    "loggers": {"guanjia": {"level": "INFO"}},
}
PROCRASTINATE_ON_APP_READY = "guanjia.kernel.jobs.register"
