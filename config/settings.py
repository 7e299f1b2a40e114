"""Django's settings, from the one list of settings in `environment.py`."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from config.environment import environment
from config.interfaces import apps as interface_apps

ENV = environment(os.environ)
ROOT = Path(__file__).resolve().parent.parent
IN_PRODUCTION = ENV.environment == "production"

SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.former_secret_keys
DEBUG = False
ALLOWED_HOSTS = [urlsplit(ENV.origin).hostname or "", *ENV.hosts]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "standpipe.audit",
    "standpipe.places",
    "standpipe.identity",
    "standpipe.assistance",
    "standpipe.consent",
    "standpipe.kiosks",
    "standpipe.packs",
    "standpipe.gateway",
    "standpipe.documents",
    "standpipe.facts",
    "standpipe.cases",
    "standpipe.assessments",
    "standpipe.entitlements",
    "standpipe.payments",
    "standpipe.notifications",
    "standpipe.applications",
    "standpipe.policy",
    "standpipe.quality",
    "standpipe.figures",
    "standpipe.api",
    "standpipe.web",
    *interface_apps(),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    # A page of allauth speaks of “3 days ago”.
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "config.request_context.RequestContextMiddleware",
    "config.metrics.MeasureMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_security.ContentSecurityMiddleware",
    "standpipe.web.page_middleware.PageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "standpipe.web.kiosk.mode.KioskMiddleware",
    "standpipe.web.guard.GuardMiddleware",
]
# What only people's pages need; whoever asks for the paths below it is a machine.
PAGE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "standpipe.web.language.LanguageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
MACHINE_PATHS = ("/api/", "/oauth/", "/health/", "/metrics")


def _database(address: str) -> dict[str, object]:
    parts = urlsplit(address)
    host = parts.hostname or ""
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if pair)
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", host)),
        "PORT": str(query.pop("port", parts.port or "")),
        # One connection a thread for its whole life; a new one each request costs 10 times as much.
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        "OPTIONS": {
            # Values travel beside the statement, which PostgreSQL then parses and plans only once.
            "server_side_binding": True,
            "prepare_threshold": 3,
            **query,
            "options": "-c statement_timeout=15000 -c lock_timeout=5000"
            " -c idle_in_transaction_session_timeout=30000 -c synchronous_commit=on",
        },
    }


# Web and worker connect as a role that row-level security binds; only the commands that
# migrate, back up, restore and verify connect as the owner (`config/command.py`).
DATABASES = {"default": _database(ENV.database_url)}
OWNER_DATABASE = _database(ENV.owner_database_url) if ENV.owner_database_url else None
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

ACCOUNT_ADAPTER = "standpipe.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
MFA_ADAPTER = "standpipe.web.factor_secrets.SecretsAdapter"
MFA_FORMS = {"generate_recovery_codes": "standpipe.web.second_factor.NewCodesForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/accounts/login/"

SESSION_ENGINE = "standpipe.web.sessions"
SESSION_COOKIE_NAME = "__Host-session" if IN_PRODUCTION else "session"
SESSION_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 4
CSRF_COOKIE_NAME = "__Host-csrf" if IN_PRODUCTION else "csrf"
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ENV.origin]
CSRF_FAILURE_VIEW = "standpipe.web.problems.csrf_failed"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 730 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if ENV.trust_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Uploads stay in memory up to their limit: nothing of them is ever written to a disk of ours.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# A decision table is one form with a field a cell.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = (ENV.max_upload_mb + 1) * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["standpipe.web.uploads.BoundedUploadHandler"]

LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / ".standpipe" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"environment": "standpipe.web.templating.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

CACHES = {
    # Shared by every web process on every machine: rate limits must count once.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
    }
}
EMAIL_BACKEND = "standpipe.web.accounts.OutboxEmailBackend"
LOGGING_CONFIG = "config.logging.configure"
LOGGING = {"level": ENV.log_level}

PROCRASTINATE_ON_APP_READY = "config.worker.on_app_ready"
PROCRASTINATE_IMPORT_PATHS = [
    "standpipe.notifications.tasks",
    "standpipe.payments.tasks",
    "standpipe.applications.tasks",
]
