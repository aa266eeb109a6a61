from differdange_portal.settings import *  # noqa: F403 -- the portal's own settings, with another way to send

EMAIL_BACKEND = "tests.accounts.killed.backend.KilledEmailBackend"
EMAIL_FILE_PATH = env("EMAIL_FILES")  # noqa: F405
