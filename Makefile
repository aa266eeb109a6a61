# Two commands: `make run` serves the portal, `make test` proves it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
HOST ?= 127.0.0.1
PORT ?= 8000
GUNICORN := $(BIN)/gunicorn differdange_portal.wsgi --bind $(HOST):$(PORT) --workers 2 --threads 4 --access-logfile -

.PHONY: run demo admin test test-python browser lint messages lock clean

run: $(VENV)/.installed .env  ## the portal with the city's real content on http://127.0.0.1:8000
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_leitbild
	$(MANAGE) collectstatic --noinput --verbosity 0
	$(GUNICORN)

# A database of its own, so that generated data never mixes with the city's.
demo: export DATABASE_URL = sqlite:///$(CURDIR)/var/demo.sqlite3
demo: export SAMPLE_DATA = true
demo: $(VENV)/.installed .env  ## the same with labelled sample data on top
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_leitbild
	$(MANAGE) load_sample --if-empty $(SAMPLE)
	$(MANAGE) collectstatic --noinput --verbosity 0
	$(GUNICORN)

admin: $(VENV)/.installed .env  ## create an administrator
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) createsuperuser

test: $(VENV)/.installed-dev .env  ## everything that must hold before a change lands
	BIN=$(BIN) ./tests/run.sh

lint: $(VENV)/.installed-dev
	BIN=$(BIN) ./tests/run.sh lint

messages: $(VENV)/.installed-dev .env  ## collect the strings to translate (needs gettext)
	$(MANAGE) makemessages --all --no-location --no-obsolete --ignore .venv --ignore var
	$(MANAGE) compilemessages --ignore .venv

lock: $(VENV)/.installed-dev  ## compile the pinned requirements from pyproject.toml
	$(BIN)/uv pip compile -q --no-header --upgrade pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --no-header --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Settings for this machine: a secret of its own, and plain http because nothing terminates TLS here.
.env:
	@$(PYTHON) -c "import secrets; print('SECRET_KEY=' + secrets.token_urlsafe(50)); print('HTTPS=false')" > $@
	@chmod 600 $@

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache
