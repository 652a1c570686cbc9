"""Settings of the project; everything that differs between machines comes from the environment.

docs/settings.md lists each variable; a test keeps that list complete.
"""

import os
import secrets
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()  # lets generic classes of Django be written with their types

PACKAGE = Path(__file__).resolve().parent
BASE_DIR = PACKAGE.parent.parent
env = environ.Env()

BALA_VAR = Path(env.str("BALA_VAR", default=str(BASE_DIR / "var")))
BALA_DEMO = env.bool("BALA_DEMO", default=False)
BALA_BASE_URL = env.str("BALA_BASE_URL", default="http://127.0.0.1:8000")
BALA_HELPLINE = env.str("BALA_HELPLINE", default="111")  # shown where the database cannot be asked
BALA_REPORT_TEMPLATES = env.str("BALA_REPORT_TEMPLATES", default="")
BALA_MAX_DOCUMENT_MB = env.int("BALA_MAX_DOCUMENT_MB", default=20)
BALA_PLAN_FILES_DAYS = env.int("BALA_PLAN_FILES_DAYS", default=90)
# 256 tries of so many rounds, on average: about a second for a phone, two milliseconds for us.
BALA_PROOF_ROUNDS = env.int("BALA_PROOF_ROUNDS", default=4000)
BALA_PLAIN_UPLOAD_MB = env.int("BALA_PLAIN_UPLOAD_MB", default=20)  # in a form without JavaScript
BALA_MAX_PICTURE_MB = env.int("BALA_MAX_PICTURE_MB", default=40)
BALA_MAX_MEGAPIXELS = env.int("BALA_MAX_MEGAPIXELS", default=120)
BALA_MAX_FILM_MB = env.int("BALA_MAX_FILM_MB", default=2048)
BALA_MAX_FILM_MINUTES = env.int("BALA_MAX_FILM_MINUTES", default=30)
BALA_HLS_MINUTES = env.int("BALA_HLS_MINUTES", default=3)  # a longer film comes in pieces too
BALA_FILM_WORK_MINUTES = env.int("BALA_FILM_WORK_MINUTES", default=240)
BALA_FILMS_AT_ONCE = env.int("BALA_FILMS_AT_ONCE", default=1)
BALA_QUOTA_MB = env.int("BALA_QUOTA_MB", default=5120)  # for each account
BALA_UPLOADS = env.str("BALA_UPLOADS", default=str(BALA_VAR / "uploads"))
BALA_UPLOAD_DAYS = env.int("BALA_UPLOAD_DAYS", default=3)
BALA_UNUSED_FILE_DAYS = env.int("BALA_UNUSED_FILE_DAYS", default=14)
BALA_SIGNED_MINUTES = env.int("BALA_SIGNED_MINUTES", default=60)
BALA_X_ACCEL = env.str("BALA_X_ACCEL", default="")
BALA_ADULT_AGE = env.int("BALA_ADULT_AGE", default=18)
BALA_TAKE_OUT_DAYS = env.int("BALA_TAKE_OUT_DAYS", default=3)
BALA_ERASURE_DAYS = env.int("BALA_ERASURE_DAYS", default=3)
BALA_INVITATION_DAYS = env.int("BALA_INVITATION_DAYS", default=7)  # of a second guardian
BALA_FORSAKEN_DAYS = env.int("BALA_FORSAKEN_DAYS", default=30)
BALA_CHILD_SIGN_IN_AGE = env.int("BALA_CHILD_SIGN_IN_AGE", default=10)
BALA_MFA_REQUIRED = env.bool("BALA_MFA_REQUIRED", default=not BALA_DEMO)

BALA_BADGE_KEYS = env.str("BALA_BADGE_KEYS", default=str(BALA_VAR / "badge_keys.json"))
BALA_CERTIFICATE_FILES_DAYS = env.int("BALA_CERTIFICATE_FILES_DAYS", default=7)

# --- moderation ----------------------------------------------------------------------------------
# How long things are kept, in days (kernel.retention).
BALA_KEEP_LOOKS_DAYS = env.int("BALA_KEEP_LOOKS_DAYS", default=1095)
BALA_KEEP_REFUSED_DAYS = env.int("BALA_KEEP_REFUSED_DAYS", default=30)
BALA_KEEP_REPORTS_DAYS = env.int("BALA_KEEP_REPORTS_DAYS", default=365)
BALA_KEEP_AFTER_CAMPAIGN_DAYS = env.int("BALA_KEEP_AFTER_CAMPAIGN_DAYS", default=365)
BALA_BREACH_LIST_HOURS = env.int("BALA_BREACH_LIST_HOURS", default=24)
BALA_MODERATION_HOURS = env.int("BALA_MODERATION_HOURS", default=24)
BALA_MODERATION_LEASE_MINUTES = env.int("BALA_MODERATION_LEASE_MINUTES", default=10)
BALA_MODERATION_SAMPLE_PERCENT = env.int("BALA_MODERATION_SAMPLE_PERCENT", default=5)
BALA_REPORT_TAKEDOWN_REASONS = env.list(
    "BALA_REPORT_TAKEDOWN_REASONS", default=["safety", "privacy", "consent"]
)
BALA_REPORTS_AFTER_CONFIRMATION = env.int("BALA_REPORTS_AFTER_CONFIRMATION", default=3)

DEBUG = env.bool("DEBUG", default=False)
SECURE = env.bool("BALA_HTTPS", default=BALA_BASE_URL.startswith("https://"))


def _secret_key() -> str:
    """Return the key of the environment; outside of production one that is made and kept in var."""
    given = env.str("SECRET_KEY", default="")
    if given:
        return str(given)
    if SECURE and not BALA_DEMO:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. In production (BALA_BASE_URL begins with https://) it comes from"
            " the environment and is the same on every node. Make one with: python3 -c"
            " 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    path = BALA_VAR / "secret_key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.replace(path)
    return path.read_text()


SECRET_KEY = _secret_key()
# Links in receipts are good for years: keep the keys that signed them when SECRET_KEY changes.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BALA_FIELD_KEYS = env.list("BALA_FIELD_KEYS", default=[])  # the first writes, all read
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if "DATABASE_URL" not in os.environ:
    if SECURE and not BALA_DEMO:
        raise ImproperlyConfigured(
            "DATABASE_URL is not set. In production (BALA_BASE_URL begins with https://) it names"
            " the PostgreSQL that is backed up: postgresql://user:password@host:5432/bala"
        )
    from bala.kernel import embedded_postgres

    # Child processes inherit the address and share the server that this process started.
    os.environ["DATABASE_URL"] = embedded_postgres.start(BALA_VAR / "postgres")

DATABASES = {
    "default": {
        **env.db("DATABASE_URL"),
        "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": env.str("BALA_TEST_DATABASE", default="test_bala")},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# "default" is shared by all processes: limits of sign-in are counted there. What pages keep for
# a moment stands in "memory", of each process its own, and costs no statement.
CACHE_URL = env.str("CACHE_URL", default="")
BALA_FRESH_SECONDS = env.int("BALA_FRESH_SECONDS", default=30)
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": env.cache("CACHE_URL")
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "memory": {"BACKEND": _MEMORY},
    # Whole public pages (kernel.public_pages), apart: a flood of them drives out nothing else.
    "pages": {**env.cache("CACHE_URL"), "KEY_PREFIX": "pages"}
    if CACHE_URL
    else {"BACKEND": _MEMORY, "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 300}},
}

INSTALLED_APPS = [
    "bala.kernel",  # first: its catalogue speaks for what libraries say (kernel/foreign.py)
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django_htmx",
    "template_partials",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "bala.concept",
    "bala.territory",
    "bala.people",
    "bala.notify",
    "bala.files",
    "bala.safeguarding",
    "bala.certificates",
    "bala.programme",
    "bala.returns",
    "bala.pages",
    "bala.demo",
    "django.forms",  # after pages, whose templates of fields come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "bala.kernel.public_pages.KeptPagesMiddleware",
    "bala.territory.middleware.RegionNamesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "bala.people.middleware.SecondFactorMiddleware",
    "bala.pages.middleware.PersonErrorMiddleware",
    "bala.people.middleware.ChildMiddleware",
]

ROOT_URLCONF = "bala.urls"
WSGI_APPLICATION = "bala.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "bala.kernel.templatetags.bala",
                "bala.notify.templatetags.letters",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bala.pages.context.shell",
                "bala.demo.context.demonstration",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- languages -----------------------------------------------------------------------------------
LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
FORMAT_MODULE_PATH = ["bala.kernel.formats"]
USE_TZ = True
TIME_ZONE = "Asia/Almaty"
USE_THOUSAND_SEPARATOR = False

# --- people --------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:mine"
LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "bala.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "bala.people.forms.sign_up.FamilySignUpForm",
    "reset_password_from_key": "bala.people.forms.sign_up.ChoosePasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # an invitation's link confirms the address too
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False  # programs that read letters open every link
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 7
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Bala"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BALA_BASE_URL.startswith("http://localhost")

# --- post ----------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
if BALA_DEMO and "EMAIL_URL" not in os.environ:
    EMAIL_BACKEND = "bala.demo.actions.mailbox.Backend"  # every letter is read in the browser
BALA_LETTERS_DAYS = env.int("BALA_LETTERS_DAYS", default=365)
BALA_DIGEST_HOUR = env.int("BALA_DIGEST_HOUR", default=8)  # o'clock in the capital
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Bala <no-reply@bala.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds
# What goes to a gateway called "console:" is given to this function.
CONSOLE_GATEWAY = (
    "bala.demo.actions.mailbox.keep_call"
    if BALA_DEMO
    else "bala.notify.actions.channels.base.write_out"
)
_CONSOLE = "console:" if BALA_DEMO else ""
BALA_TELEGRAM_TOKEN = env.str("BALA_TELEGRAM_TOKEN", default=_CONSOLE)
BALA_TELEGRAM_BOT = env.str("BALA_TELEGRAM_BOT", default="bala_bot" if BALA_DEMO else "")
BALA_TELEGRAM_LINK = env.str(
    "BALA_TELEGRAM_LINK",
    default=f"{BALA_BASE_URL}/demo/telegram" if BALA_DEMO else "https://t.me",
)
BALA_TELEGRAM_SECRET = env.str("BALA_TELEGRAM_SECRET", default="")
BALA_TELEGRAM_API = env.str("BALA_TELEGRAM_API", default=_CONSOLE or "https://api.telegram.org")
BALA_SMS_URL = env.str("BALA_SMS_URL", default=_CONSOLE)
BALA_SMS_COUNTRIES = env.list("BALA_SMS_COUNTRIES", default=["KZ"])
BALA_SMS_TOKEN = env.str("BALA_SMS_TOKEN", default="")
BALA_SMS_SENDER = env.str("BALA_SMS_SENDER", default="Bala")

# --- files that pages load -----------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BALA_VAR / "static"
STATICFILES_DIRS = [
    (f"vendor/{name}", str(BASE_DIR / "node_modules" / folder))
    for name, folder in (
        ("onest", "@fontsource-variable/onest/files"),
        ("htmx", "htmx.org/dist"),
        ("tus", "tus-js-client/dist"),
        ("hls", "hls.js/dist"),
        ("altcha/external", "altcha/dist/external"),
        ("altcha/workers", "altcha/dist/workers"),
    )
]


def _media() -> dict[str, object]:
    """Return the storage of pictures and films: MEDIA_ROOT, or a bucket where one is named."""
    bucket = env.str("BALA_S3_BUCKET", default="")
    if not bucket:
        # Where nginx sends the files (BALA_X_ACCEL), its group must be able to read them.
        modes = {"file_permissions_mode": 0o640, "directory_permissions_mode": 0o750}
        options: dict[str, object] = dict(modes) if BALA_X_ACCEL else {}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("BALA_S3_ENDPOINT", default="") or None,
            "region_name": env.str("BALA_S3_REGION", default="") or None,
            "access_key": env.str("BALA_S3_KEY", default="") or None,
            "secret_key": env.str("BALA_S3_SECRET", default="") or None,
            "addressing_style": "path",
            "default_acl": None,
            "file_overwrite": False,
        },
    }


STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "media": _media(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = BALA_VAR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- safety --------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
CSRF_FAILURE_VIEW = "bala.pages.views.errors.csrf"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True  # no script of ours reads it
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
BALA_BEHIND_PROXY = env.bool("BALA_BEHIND_PROXY", default=False)
if BALA_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# --- jobs ----------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"bala.security": {"level": "INFO"}},  # who signs in, whatever else is written
}
