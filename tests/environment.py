"""The environment of the tests, set before Django reads its settings (also in every xdist worker)."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "differdange_portal.settings")
os.environ.update(
    SECRET_KEY="tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
    DEBUG="false",
    HTTPS="false",
    STATIC_MANIFEST="false",
    SAMPLE_DATA="false",
    MAP_TILES="none",
    EMAIL_URL="memorymail://",
    CACHE_URL="locmemcache://",
    LOG_LEVEL="ERROR",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DJANGO_ALLOW_ASYNC_UNSAFE="true",  # Playwright's sync API keeps an event loop on the main thread
)
