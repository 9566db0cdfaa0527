# run      set everything up once, check and build the graph (kg build does both), serve the explorer
# test     everything that has to hold before a change is shared
# fix      put code and Turtle into their form
# words    bring the catalogues of words up to date with code and templates
# answers  write the known answers of the tests anew, and show what changed
# lock     write the lock files anew (needs uv)
# clean    remove what the targets above have made

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

# The text of the paper, which is not part of this repository: rules that need it are checked where it is.
KG_SOURCE_TEXT ?= $(abspath $(wildcard ../shared/source/paper.txt))
export KG_SOURCE_TEXT

export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP := $(BIN)/python -m pip -qq
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: run test fix words answers lock clean

run: $(VENV)/ready-to-run
	@$(BIN)/kg build
	@$(BIN)/kg serve --port $(PORT)

test: $(VENV)/ready-to-test $(VENV)/clients/ready
	@if [ "$$CI" = true ] && [ ! -s "$$KG_SOURCE_TEXT" ]; then \
	  echo "The text of the paper is missing: KG_SOURCE_TEXT has to name it when CI is set."; exit 1; fi
	sh tests/system_ready.sh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@# The tests find the search index made, which takes each of them seconds otherwise.
	$(BIN)/kg build $(if $(KG_SOURCE_TEXT),--source-text "$(KG_SOURCE_TEXT)")
	$(BIN)/python -m pytest -n auto

fix: $(VENV)/ready-to-test
	$(BIN)/kg format
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

words: $(VENV)/ready-to-test
	@$(BIN)/python -m tests.words

answers: $(VENV)/ready-to-test
	@$(BIN)/python -m tests.golden

lock:
	@command -v uv >/dev/null || { echo "uv is needed to write the lock files: pip install uv"; exit 1; }
	$(LOCK) --group build pyproject.toml -o requirements.lock
	$(LOCK) --group build --extra dev pyproject.toml -c requirements.lock -o requirements-dev.lock
	@! grep -nE '[a-z]+://' requirements.lock requirements-dev.lock || \
	  { echo "A lock file holds names, versions and hashes, and no addresses."; exit 1; }

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/made:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Python 3.11 or newer is needed, and \"$(PYTHON)\" was not found. If it has another name: make PYTHON=NAME"; \
	  exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; \"$(PYTHON)\" is $$($(PYTHON) --version 2>&1). Another one: make PYTHON=NAME"; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/ready-to-run: requirements.lock pyproject.toml | $(VENV)/made
	@echo "Installing the packages named in requirements.lock. This happens once and takes a minute or two."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-to-test: requirements-dev.lock $(VENV)/ready-to-run
	@echo "Installing the packages named in requirements-dev.lock."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# A client of the SPARQL endpoint that comes by npm, with the Node that comes by pip.
$(VENV)/clients/ready: tests/clients/package-lock.json $(VENV)/ready-to-test
	@mkdir -p $(VENV)/clients
	@cp tests/clients/package.json tests/clients/package-lock.json tests/clients/.npmrc $(VENV)/clients/
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm --prefix $(VENV)/clients ci --silent
	@touch $@
