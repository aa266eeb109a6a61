"""The portal's settings: one file, read from the environment, safe by default.

Every variable is listed in README.md. What is missing for production is said by `manage.py check --deploy`.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env(
    DEBUG=(bool, False),
    SECRET_KEY=(str, environ.Env.NOTSET),
    ALLOWED_HOSTS=(list, ["127.0.0.1", "localhost"]),
    CSRF_TRUSTED_ORIGINS=(list, []),
    HTTPS=(bool, True),
    STATIC_MANIFEST=(bool, True),
    PORTAL_URL=(str, "http://127.0.0.1:8000"),
    DEFAULT_FROM_EMAIL=(str, "stadtentwicklung@localhost"),
    MAP_TILES=(str, "none"),
    SAMPLE_DATA=(bool, False),
    STALE_DAYS=(int, 180),
    DUE_SOON_DAYS=(int, 30),
    LOG_LEVEL=(str, "INFO"),
)
environ.Env.read_env(BASE_DIR / ".env")

# --- Core
DEBUG: bool = env("DEBUG")
SECRET_KEY: str = env("SECRET_KEY")
ALLOWED_HOSTS: list[str] = env("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = env("CSRF_TRUSTED_ORIGINS")
PORTAL_URL: str = env("PORTAL_URL")  # in front of every link in a mail or feed
ROOT_URLCONF = "differdange_portal.urls"
WSGI_APPLICATION = "differdange_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "differdange_portal.apps.PortalConfig",
    "konzeptplan.apps.KonzeptplanConfig",
    "participation.apps.ParticipationConfig",
    "step.apps.StepConfig",
    "leitbild.apps.LeitbildConfig",
    "accounts.apps.AccountsConfig",
    "common.apps.CommonConfig",
    "differdange_portal.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_prose_editor",
    "leaflet",
    "rules.apps.AutodiscoverRulesConfig",
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
    "accounts.middleware.AdminLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "common.middleware.ReadableAddressMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "differdange_portal.context.portal",
            ],
        },
    }
]

# --- Data
DATABASES: dict[str, Any] = {"default": env.db_url(default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)  # a fresh checkout has none
    DATABASES["default"]["OPTIONS"] = {
        # Readers go on while one writes; a writer waits instead of failing.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
CACHES = {"default": env.cache_url(default="locmemcache://")}

# --- People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "participation:mine"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupForm"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env("HTTPS") else "http"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Without EMAIL_URL mails are written to the log of the server, so that a first try needs no mail server.
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL: str = env("DEFAULT_FROM_EMAIL")
CONTACT_EMAIL: str = env("CONTACT_EMAIL", default=DEFAULT_FROM_EMAIL)  # shown in the statements that the law asks for

# --- Languages
LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", _("German")),
    ("fr", _("French")),
    ("lb", _("Luxembourgish")),
    ("en", _("English")),
    ("pt", _("Portuguese")),
]
MODELTRANSLATION_DEFAULT_LANGUAGE = "de"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("de",)
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["differdange_portal.formats"]  # Django has no formats for Luxembourgish
TIME_ZONE = "Europe/Luxembourg"
USE_TZ = True

# --- Static files
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env("STATIC_MANIFEST")
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not env("STATIC_MANIFEST")

# --- Security
HTTPS: bool = env("HTTPS")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the proxy itself, without TLS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"  # tile servers ask for a Referer
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a measure with its inlines in five languages stays below

# --- Maps
_ACT = "© Administration du cadastre et de la topographie (ACT), data.public.lu; © OpenStreetMap contributors"
BASE_MAPS: dict[str, list[tuple[str, str, dict[str, Any]]]] = {
    "none": [],
    "geoportail": [
        (
            "Geoportail",
            "https://wmts1.geoportail.lu/opendata/wmts/basemap/GLOBAL_WEBMERCATOR/{z}/{x}/{y}.png",
            {"attribution": _ACT, "maxZoom": 19},
        )
    ],
    "osm": [
        (
            "OpenStreetMap",
            "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
            {"attribution": "© OpenStreetMap contributors", "maxZoom": 19},
        )
    ],
}
MAP_TILES: str = env("MAP_TILES")
_TILES = BASE_MAPS.get(MAP_TILES, [])
_TILE_HOSTS = ["https://" + url.split("/")[2] for _name, url, _options in _TILES]
LEAFLET_CONFIG: dict[str, Any] = {
    "TILES": _TILES,
    "SPATIAL_EXTENT": (5.8341, 49.4965, 5.9160, 49.5473),  # the commune's bounding box: W, S, E, N
    "DEFAULT_CENTER": (49.5215, 5.8814),
    "DEFAULT_ZOOM": 13,
    "MIN_ZOOM": 11,
    "MAX_ZOOM": 19,
    "SCALE": "metric",
    "RESET_VIEW": False,
    "ATTRIBUTION_PREFIX": "",
    "PLUGINS": {
        "markercluster": {
            "css": ["vendor/leaflet.markercluster-1.5.3/MarkerCluster.css"],
            "js": "vendor/leaflet.markercluster-1.5.3/leaflet.markercluster.js",
        },
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *_TILE_HOSTS],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- The desk
STALE_DAYS: int = env("STALE_DAYS")  # after so many days without report or confirmation a measure asks for one
DUE_SOON_DAYS: int = env("DUE_SOON_DAYS")  # how far the desk looks ahead

# --- Forms, logs, sample data
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
SAMPLE_DATA: bool = env("SAMPLE_DATA")  # shows the banner; `load_sample` refuses to run without it

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL")},
}
