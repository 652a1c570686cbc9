# Everything that a newcomer needs: `make demo` to see Bala run, `make test` to run every check.
# Both install what they need; a second run skips what stands.

PORT ?= 8000
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONPATH := src
# Lint and types read the settings without starting a database.
NO_DATABASE := DATABASE_URL=postgresql:///none

.PHONY: setup demo test check lint types contracts bench security lock messages clean

setup: $(VENV)/.installed node_modules/.installed
	@$(NO_DATABASE) $(PY) -m bala messages --compile

$(VENV)/.installed: requirements/base.txt requirements/dev.txt scripts/bootstrap.sh
	@PYTHON=$(PYTHON) sh scripts/bootstrap.sh $(VENV)
	@touch $@

node_modules/.installed: package-lock.json $(VENV)/.installed
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(PY) scripts/npm_ci.py
	@touch $@

demo: setup
	@exec $(PY) -m bala demo --port $(PORT)

test: setup
	@sh scripts/chromium.sh
	@$(MAKE) --no-print-directory check

check: lint types contracts
	$(PY) -m bala makemigrations --check --dry-run
	$(PY) -m bala check
	$(PY) -m pytest -n 2 --dist loadscope

lint:
	$(VENV)/bin/ruff format --check src tests bench security
	$(VENV)/bin/ruff check src tests bench security

types:
	$(NO_DATABASE) $(VENV)/bin/mypy

contracts:
	$(VENV)/bin/lint-imports

bench: setup
	$(PY) -m bench

# Tools with libraries of their own, each in an environment of its own.
var/%/.installed: requirements/%.txt
	@$(PY) -m venv var/$*
	@var/$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

security: setup var/security/.installed var/wapiti/.installed
	$(PY) -m security $(PART)

messages: setup
	$(NO_DATABASE) $(PY) -m bala messages

lock:
	@for part in base dev security wapiti; do \
	  case $$part in wapiti) built= ;; *) built="--only-binary :all: --emit-build-options" ;; esac; \
	  $(VENV)/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
	    --no-header --no-annotate $$built --python $(PY) \
	    requirements/$$part.in -o requirements/$$part.txt || exit 1; \
	done

clean:
	rm -rf $(VENV) node_modules var
