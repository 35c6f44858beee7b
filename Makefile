# Two commands do everything on a fresh machine with Python 3.11: `make report` and `make test`.
PYTHON ?= python3.11
VENV   ?= .venv
PUBLIC ?= ../shared/data
BIN    := $(VENV)/bin
CLAIMS := $(BIN)/claims

export HF_HUB_OFFLINE = 1
export TOKENIZERS_PARALLELISM = false

.DEFAULT_GOAL := help

.PHONY: help install report test test-kill lint gate eval train bench clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# The stamp is newer than the files that decide what is installed, so a second call does nothing.
$(VENV)/.installed: pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "make: $(PYTHON) not found; set PYTHON=…, Python 3.11 or later" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

install: $(VENV)/.installed ## install the tool and its development tools into .venv

report: $(VENV)/.installed ## run on seeds/ and write reports/report.html
	$(CLAIMS) run seeds/articles --dates seeds/dates.csv --out reports

test: $(VENV)/.installed ## ruff, mypy and all tests
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

test-kill: $(VENV)/.installed ## kill -9 at 20 random moments of a run over 500 articles (minutes)
	CLAIMS_TEST_ARTICLES=500 CLAIMS_TEST_KILLS=20 $(BIN)/pytest tests/test_killed.py

lint: $(VENV)/.installed ## ruff and mypy only
	$(BIN)/ruff check .
	$(BIN)/mypy

gate: report ## judge the findings of the seeds against claims.baseline.jsonl
	$(CLAIMS) gate reports --baseline claims.baseline.jsonl --summary reports/gate.md --sarif reports/gate.sarif \
	  --junit reports/gate.xml

eval: $(VENV)/.installed ## measure on the seeds, the authored and the public sets (PUBLIC=folder; what is absent is said)
	$(BIN)/python -m benchmarks.seeds
	$(BIN)/python -m benchmarks.timelines
	$(BIN)/python -m benchmarks.pruning
	$(BIN)/python -m benchmarks.scoring --public $(PUBLIC) --check
	$(BIN)/python -m benchmarks.holders
	$(BIN)/python -m benchmarks.names
	$(BIN)/python -m benchmarks.dates
	$(BIN)/python -m benchmarks.attribution $(PUBLIC)



train: $(VENV)/.installed ## train the shipped weights anew from training/ (PUBLIC=folder of the public sets)
	$(BIN)/python -m training.inference --public $(PUBLIC)
	$(BIN)/python -m training.positions --public $(PUBLIC)
	$(BIN)/python -m training.calibrate

bench: $(VENV)/.installed ## time the stages
	$(BIN)/python -m benchmarks.speed

clean: ## remove what a run and the tools leave behind (not the installation)
	rm -rf reports/* build dist .pytest_cache .mypy_cache .ruff_cache
