# `make exam` is all that a new user needs. Everything is installed into .venv; PYTHON=... chooses what it is made from.

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-browser exam test sweep bench bench-page lint schemas languages gallery recognised clean
.NOTPARALLEL: # set-up and its users share one .venv

python := .venv/bin/python

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | while read -r name what; do printf 'make %-14s %s\n' $$name "$$what"; done

exam: setup ## Write a practice exam into exam/; what is there already stays
	@$(python) -m convexam generate --seed 42 --out exam

test: setup-dev ## Run the tests on all cores, except for the long sweeps and those in a browser
	@$(python) -m pytest --numprocesses auto

sweep: setup-dev setup-browser ## Run the long sweeps, and the tests in a browser, on all cores
	@$(python) -m pytest -m sweep --numprocesses auto

bench: setup ## Measure what the program costs, as ratios (one: make bench only=marking)
	@$(python) -m benchmarks $(only)

bench-page: setup ## The same, kept in docs/performance.json and shown in docs/performance.md
	@$(python) -m benchmarks --write $(only)

lint: setup-dev ## Check style and types
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy

schemas: setup ## Write the JSON Schemas anew
	@$(python) -m convexam schema bank > question_bank/schemas/convexam-bank-1.schema.json
	@$(python) -m convexam schema exam > question_bank/schemas/convexam-exam-1.schema.json
	@$(python) -m convexam schema curriculum > question_bank/schemas/convexam-curriculum-1.schema.json
	@$(python) -m convexam schema gradescope > question_bank/schemas/convexam-gradescope-1.schema.json
	@$(python) -m convexam schema grades > question_bank/schemas/convexam-grades-1.schema.json

languages: setup ## Bring the catalogues of all languages up to date with the sources
	@$(python) scripts/languages.py

gallery: setup-dev setup-browser ## Renew docs/gallery: figures, papers, and pictures of them (needs Chromium and pdftoppm)
	@$(python) scripts/gallery.py
	@$(python) scripts/feedback.py
	@$(python) scripts/papers.py
	@$(python) scripts/class_report.py

recognised: setup ## Write docs/recognised.md: how often each misconception is named, over thousands of draws
	@$(python) scripts/recognised.py

clean: ## Remove what can be made again; exam/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: ## Install what `generate` and `grade` need
	@sh scripts/setup.sh

setup-dev: ## Install what the tests need as well
	@sh scripts/setup.sh dev

setup-browser: ## Install Chromium where apt-get can; without it, tests that need it are skipped
	@sh scripts/setup.sh browser
