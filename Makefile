# Every verb of the project. A bare `make` lists them.
#
# One virtualenv, .venv, made by tools/bootstrap.py from requirements.lock. Its stamp depends on what
# it is made from, so that each verb can ask for it and costs nothing when it is fresh.

PYTHON ?= python3
WORKERS ?= 2
BIN := .venv/bin
STAMP := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help setup run test lint check bench soak packs drawings format lock clean
.DELETE_ON_ERROR:

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml requirements.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py

setup: $(STAMP) ## Make .venv with share-check in it

run: $(STAMP) ## Start the bot on HOST:PORT, with its data under VAR_DIR
	@$(BIN)/share-check serve

# Policies and dialogs are pure, and their own tests reach every branch of them. Counting branches
# while everything else runs as well took two fifths of the time and told nothing more.
test: $(STAMP) ## Run the whole suite, then count the branches of policies and dialogs
	@mkdir -p var
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)
	$(BIN)/python -m pytest -n $(WORKERS) -m 'not timed' --cov --cov-report= tests/policies tests/dialogs
	@$(BIN)/coverage report --fail-under=100

lint: $(STAMP) ## Check style, types, layers, dependencies, packs and deployment files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry bot dialogs policies
	$(BIN)/share-check packs lint
	$(BIN)/hadolint deploy/Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec deploy/compose.yaml
	$(BIN)/check-jsonschema --schemafile tests/bot/surfaces/teams/schema/MicrosoftTeams.schema.json deploy/teams/manifest.json
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/check.yml

check: lint test ## Do all that CI does

bench: $(STAMP) ## Measure a turn side by side with stock libraries
	@$(BIN)/python -m benchmarks

soak: $(STAMP) ## Kill, cut off and confuse it CYCLES times each, and count what was lost
	@$(BIN)/python -m tests.faults --cycles $(or $(CYCLES),200)

packs: $(STAMP) ## List the packs and check them
	@$(BIN)/share-check packs list
	@$(BIN)/share-check packs lint

drawings: $(STAMP) ## Draw every pack again, for docs/packs
	@$(BIN)/share-check packs publish --shipped docs/packs

format: $(STAMP) ## Put the code into shape
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# One lock of everything for work on the project, and its part that the production image needs: an
# image should not carry a test runner. Universal, so that one file serves every Python and platform;
# without addresses, so that it installs from any index or mirror. ARGS=--upgrade takes newer releases.
# Not by way of the stamp: when pyproject.toml asks for something new the lock has to come first.
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --quiet \
	--universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links $(ARGS)

lock: ## Pin every dependency again, with hashes (needs the network)
	@test -x $(BIN)/uv || $(PYTHON) tools/bootstrap.py
	$(COMPILE) --extra embedded --extra drawing --group test --group lint --group deploy --group build --group lock \
		--output-file requirements.lock > /dev/null
	$(COMPILE) --group build --constraint requirements.lock --output-file deploy/requirements.lock > /dev/null

clean: ## Remove what was made, but not var/, where the data is
	rm -rf .venv .tools build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
