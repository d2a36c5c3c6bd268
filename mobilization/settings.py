"""All settings, from the environment; `docker-compose.yml` lists every variable a production has to give.

Without DATABASE_URL and REDIS_URL the portal brings its own PostgreSQL and Redis and keeps everything under
DATA_DIR. With DATABASE_URL it is a production, and says so by refusing to start half-configured.
"""

import sys
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

from mobilization.core.embedded import Embedded
from mobilization.core.logs import logging_for
from mobilization.core.secrets import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var"))).resolve()
DEBUG = env.bool("DEBUG", False)
PRODUCTION = env.bool("PRODUCTION", "DATABASE_URL" in env.ENVIRON)
# Marks every page as demonstration data.
DEMONSTRATION = env.bool("DEMONSTRATION", False)
TESTING = "pytest" in sys.modules

# Secrets: production names its own; the trial makes one and keeps it.
SECRET_KEY = env.str("SECRET_KEY", "" if PRODUCTION else kept_secret(DATA_DIR / "secret_key"))
SHORTEST_SECRET = 50
if PRODUCTION and (len(SECRET_KEY) < SHORTEST_SECRET or SECRET_KEY.startswith("change-me")):
    raise ImproperlyConfigured("SECRET_KEY must be set to 50 random characters or more.")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.admin",
    "django.forms",  # the renderer of forms looks for its templates among the apps
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "csp",
    "ninja",
    "pgtrigger",
    "pghistory",
    "rules",
    "mobilization.core",
    "mobilization.audit",
    "mobilization.jobs",
    "mobilization.units",
    "mobilization.accounts",
    "mobilization.messaging",
    "models_registry",
    "dialogues",
    "mobilization.publication",
    "mobilization.appraisal",
    "awards",
    "mobilization.statistics",
    "mobilization.portal",
    "mobilization.desk",
    "mobilization.api",
    "mobilization.demonstration",
]

MIDDLEWARE = [
    "mobilization.core.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mobilization.core.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "mobilization.core.middleware.ChosenLanguageMiddleware",
    "mobilization.portal.page_cache.PublicPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mobilization.accounts.middleware.StaffGateMiddleware",
]

ROOT_URLCONF = "mobilization.urls"
WSGI_APPLICATION = "mobilization.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "mobilization.core.context_processors.portal",
                "mobilization.portal.context_processors.portal",
                "mobilization.desk.context_processors.desk",
                "mobilization.messaging.context_processors.messaging",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database, broker, cache
_embedded = Embedded(DATA_DIR, durable=env.bool("EMBEDDED_DURABLE", True))
DATABASES = {"default": env.db("DATABASE_URL") if "DATABASE_URL" in env.ENVIRON else _embedded.postgres()}
DATABASES["default"] |= {
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", 60),
    "CONN_HEALTH_CHECKS": True,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", "") or _embedded.redis()
CACHES = {
    "default": {
        "BACKEND": "mobilization.core.caching.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        # A cache that does not answer at once is no help: one more try, no waiting.
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 1)},
    },
}
# How long a public page is kept for those who are not signed in; what changes it is part of its key. 0 keeps none.
PAGE_CACHE_SECONDS = 0 if DEBUG else env.int("PAGE_CACHE_SECONDS", 600)

# Jobs: the row in the database carries progress and outcome, so no result backend.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
# Nightly and steady work, by the names under which the apps declare their tasks
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "audit-seal": {"task": "audit.seal", "schedule": 60},
    "units-refresh-heirs": {"task": "units.refresh_heirs", "schedule": crontab(hour=0, minute=5)},
    "statistics-marked": {"task": "statistics.refresh_marked", "schedule": 30},
    "statistics-reconcile": {
        "task": "statistics.reconcile_open_years",
        "schedule": crontab(hour=0, minute=30),
    },
    "statistics-open-years": {"task": "statistics.rebuild_open_years", "schedule": crontab(hour=1, minute=0)},
    "jobs-resend-lost": {"task": "jobs.resend_lost", "schedule": 60},
    "messaging-due": {"task": "messaging.deliver_due", "schedule": 60},
    "messaging-forget-old": {"task": "messaging.forget_old", "schedule": crontab(hour=2, minute=10)},
    "messaging-digests": {"task": "messaging.ask_for_digests", "schedule": crontab(hour=7, minute=0)},
    "registry-due-tomorrow": {
        "task": "models_registry.announce_due_tomorrow",
        "schedule": crontab(hour=6, minute=30),
    },
    "dialogues-remind": {"task": "dialogues.remind", "schedule": crontab(hour=6, minute=40)},
}

# Accounts: by e-mail, by invitation only, with a second factor where the role asks for one
AUTH_USER_MODEL = "accounts.User"
AUDIT_UNIT_MODEL = "units.Unit"  # the audit log stands below the units and refers to them through this
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "mobilization.accounts.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", PRODUCTION)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
ACCOUNT_ADAPTER = "mobilization.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the administrator who invites vouches for the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "mobilization.accounts.adapter.SecondFactorAdapter"
_forms = "mobilization.accounts.signin_forms"
ACCOUNT_FORMS = {
    "login": f"{_forms}.LoginForm",
    "reset_password": f"{_forms}.ResetPasswordForm",
    "reset_password_from_key": f"{_forms}.ResetPasswordKeyForm",
    "change_password": f"{_forms}.ChangePasswordForm",
    "set_password": f"{_forms}.SetPasswordForm",
    "reauthenticate": f"{_forms}.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": f"{_forms}.SecondFactorForm",
    "reauthenticate": f"{_forms}.SecondFactorAgainForm",
    "activate_totp": f"{_forms}.ActivateAppForm",
    "add_webauthn": f"{_forms}.AddPasskeyForm",
    "edit_webauthn": f"{_forms}.EditPasskeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Dân vận khéo"

# Language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "mobilization" / "locale"]
FORMAT_MODULE_PATH = "mobilization.formats"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# Static files: hashed and compressed where they are collected; third-party ones come from npm, never from elsewhere.
NODE_MODULES = Path(env.str("NODE_MODULES", str(BASE_DIR / "node_modules")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "mobilization.core.finders.NpmFinder",
]
# What of a package is served, under static/npm/<package>/.
NPM_FILES = {
    "bootstrap": ["dist/css/bootstrap.min.css", "dist/css/bootstrap.rtl.min.css"],
    "htmx.org": ["dist/htmx.min.js"],
    "echarts": ["dist/echarts.common.min.js"],
    "@fontsource/be-vietnam-pro": [
        f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        for subset in ("latin", "vietnamese")
        for weight in (400, 500, 600, 700)
    ],
}
# Which classes of a package's style sheets are served, where it is not all of them: a visitor of the public pages loads
# a quarter of what Bootstrap has. Whoever uses another one names it here, or a test fails.
NPM_CLASSES = {
    "bootstrap": frozenset(
        """
        alert alert-danger alert-info alert-success alert-warning badge bg-white text-bg-secondary
        btn btn-danger btn-lg btn-link btn-primary btn-secondary btn-sm
        row col col-md col-md-5 col-md-7 col-sm-4 col-sm-6 g-3 row-cols-1 row-cols-md-2 row-cols-xl-4
        col-form-label form-check form-check-inline form-check-input form-check-label form-control form-control-color
        form-control-lg form-control-sm form-label form-select form-select-sm form-text input-group input-group-text
        invalid-feedback is-invalid
        d-block d-flex d-inline d-lg-inline d-none align-self-center column-gap-4 flex-grow-1 flex-wrap gap-2
        sticky-md-bottom visually-hidden visually-hidden-focusable w-auto
        m-0 mb-0 mb-1 mb-2 mb-3 mb-4 me-2 ms-auto mt-1 mt-2 mt-3 mt-4 my-3 p-0 ps-3 pt-0 px-2
        fs-2 fs-4 fs-6 fw-normal h2 h3 h4 h5 h6 lead list-unstyled small
        text-break text-danger text-decoration-none text-end text-nowrap text-reset text-wrap
        """.split()  # noqa: SIM905 -- one name to a line is no better read
    ),
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # For everybody, unlike uploads: whoever collects them need not be the user who serves them.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Uploads lie outside of what the web server shows; views hand them out after asking who may see them.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", str(DATA_DIR / "media")))
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Safety
HTTPS = env.bool("HTTPS", PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine next door, without TLS
BEHIND_PROXY = env.bool("BEHIND_PROXY", PRODUCTION)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# How many proxies of our own stand in front: that many names of X-Forwarded-For, from its end, are believed.
TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1 if BEHIND_PROXY else 0)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "mobilization.core.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's icons are data: addresses inside its style sheet
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}

# Mail
vars().update(env.email("EMAIL_URL", default="consolemail://" if not PRODUCTION else "smtp://localhost:25"))
EMAIL_TIMEOUT = 30  # a mail server that does not answer is a failure, tried again later
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "portal@localhost")

# Ways by which messages leave the portal: code → class with the shape of messaging.channels.Channel
MESSAGE_CHANNELS = {"email": "mobilization.messaging.channels.EmailChannel"}
# What was read goes after so many months; 0 keeps everything
MESSAGES_KEPT_MONTHS = env.int("MESSAGES_KEPT_MONTHS", 24)

# Forms
FILTERS_EMPTY_CHOICE_LABEL = _("All")
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

LOGGING = logging_for(production=env.bool("JSON_LOGS", PRODUCTION), level=env.str("LOG_LEVEL", "INFO"))
