# The Carer Rep Portal. `make help` lists what can be done.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run demo-fresh test test-fast test-all test-soak lint format pictures lock migrate shell audit sbom

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: ## Install everything the portal needs (first time: about a minute)
	@$(PYTHON) tools/setup.py

setup-tests: ## Install everything the tests need as well
	@$(PYTHON) tools/setup.py --tests

run: setup ## Serve the filled demonstration on http://127.0.0.1:5000 (another port with PORT=)
	@$(BIN)/python -m flask --app wsgi portal demo

demo-fresh: setup ## The same, made again from the beginning: whatever was done in it is gone
	@$(BIN)/python -m flask --app wsgi portal demo --fresh

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

pictures: setup-tests ## Take the pictures of help and README.md from the demonstration again; look at each before you commit it
	@$(BIN)/python tools/pictures.py

lock: setup-tests ## Pin the newest allowed versions, with hashes
	@$(BIN)/python tools/setup.py --lock

migrate: setup ## Bring the database to the newest migration
	@$(BIN)/flask --app wsgi db upgrade

shell: setup ## A Python shell inside the app
	@$(BIN)/flask --app wsgi shell

audit: setup-tests ## Known faults of the pinned packages; asks the advisories of PyPI and npm, so it needs the network
	@$(PYTHON) tools/setup.py --tests --auditor
	@found=0; \
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements/dev.txt || found=1; \
	npm audit || found=1; \
	exit $$found

sbom: setup-tests ## What is installed, with versions and licences, as a CycloneDX list: make sbom FILE=sbom.json
	@$(BIN)/python tools/sbom.py "$(FILE)"
