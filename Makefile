# The Carer Rep Portal. `make help` lists what can be done.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test test-fast test-all test-soak lint format lock migrate shell audit

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install everything the portal needs (first time: about a minute)
	@$(PYTHON) tools/setup.py

setup-tests: ## Install everything the tests need as well
	@$(PYTHON) tools/setup.py --tests

run: setup ## Serve the filled demonstration on http://127.0.0.1:5000 (another port with PORT=)
	@$(BIN)/python -m flask --app wsgi portal demo

test: setup-tests ## Everything that must hold: format, lint, types, contracts, tests on both databases, browser
	@$(BIN)/python tools/check.py test

test-fast: setup-tests ## Rules, words and pages, without browser and PostgreSQL, in under a minute
	@$(BIN)/python tools/check.py fast

test-soak: setup-tests ## The long runs: 700 kills while sending, two schedulers, races, hostile and forged posts; prints its counts
	@$(BIN)/python tools/check.py soak

test-all: setup-tests ## The full grid of widths, roles and databases, refusing rows in no order (half an hour)
	@$(PYTHON) tools/setup.py --tests --reader --converter
	@$(BIN)/python tools/check.py all

lint: setup-tests ## Format check, lint, types, contracts, templates
	@$(BIN)/python tools/check.py lint

format: setup-tests ## Put the code into its usual shape
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .
	@$(BIN)/djlint --reformat --quiet templates --extend-exclude templates/emails ; true

lock: setup-tests ## Pin the newest allowed versions, with hashes
	@$(BIN)/python tools/setup.py --lock

migrate: setup ## Bring the database to the newest migration
	@$(BIN)/flask --app wsgi db upgrade

shell: setup ## A Python shell inside the app
	@$(BIN)/flask --app wsgi shell

audit: setup-tests ## Look for known weaknesses in what is installed (needs outside data)
	@$(BIN)/pip-audit -r requirements/base.txt
