# `make run` and `make test` are all a newcomer needs: Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test test-all lint bench quality fuzz clean lock
.DEFAULT_GOAL := run

.venv/runtime: requirements.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py runtime

.venv/development: requirements-dev.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py development

run: .venv/runtime ## set up, load the demonstration, screen its catalogue, serve
	@$(BIN)/python -m service.cli serve --demonstration

test: .venv/development ## every test, on SQLite and on PostgreSQL
	@$(BIN)/python -m tools.test

lint: .venv/development ## style, types, import contracts, templates, catalogues
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet service/ui/templates
	@$(BIN)/python -m tools.i18n check

bench: .venv/development ## speed and memory, beside the alternatives, in one run
	@$(BIN)/python -m tests.bench $(BENCH)

quality: .venv/development ## recall and false alarms, beside the alternatives, in one run
	@$(BIN)/python -m tests.quality $(QUALITY)

fuzz: .venv/development ## anything at all as names, goods, markets, files and requests, for long
	@MARKPASS_FUZZ=$${MARKPASS_FUZZ:-2000} $(BIN)/python -m tools.test tests/fuzz

lock: .venv/development ## pin what pyproject.toml asks for, with hashes, without an index address
	@$(BIN)/python -m tools.lock

clean: ## remove what was made here; the database in .markpass stays
	@rm -rf .venv .tmp .mypy_cache .ruff_cache .pytest_cache .hypothesis
