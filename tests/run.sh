#!/usr/bin/env bash
# Everything that must hold before a change lands. `run.sh lint` stops before the tests.
# REQUIRE_BROWSER=1 turns skipped browser tests into a failure.
set -euo pipefail
cd "$(dirname "$0")/.."
BIN=${BIN:-.venv/bin}

step() { printf '\n== %s\n' "$*"; }

step "ruff"; "$BIN/ruff" check .
step "format"; "$BIN/ruff" format --check .
step "templates"; "$BIN/djlint" templates --lint --quiet
step "imports run one way"; "$BIN/lint-imports"
step "types"; "$BIN/mypy" .
step "migrations"; "$BIN/python" manage.py makemigrations --check --dry-run
step "deployment checks"
env DEBUG=false HTTPS=true EMAIL_URL=smtp+tls://user:password@localhost:587 \
  SECRET_KEY="$("$BIN/python" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
  "$BIN/python" manage.py check --deploy --fail-level WARNING
[ "${1:-}" = lint ] && exit 0

step "tests"
"$BIN/python" -m pytest -n "${PYTEST_WORKERS:-2}" --dist loadscope --ignore tests/browser --cov --cov-report=term

step "browser tests"
if CHROMIUM_PATH=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}; [ -n "$CHROMIUM_PATH" ]; then
  CHROMIUM_PATH=$CHROMIUM_PATH "$BIN/python" -m pytest tests/browser
elif [ "${REQUIRE_BROWSER:-}" = 1 ]; then
  echo "!! No Chromium found, and REQUIRE_BROWSER=1: failed." >&2
  exit 1
else
  echo "!! BROWSER TESTS SKIPPED: no Chromium found. Install it (Debian: apt install chromium) or set CHROMIUM_PATH."
fi
