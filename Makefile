# Two commands are enough: `make run` and `make test`. Everything else is for those who work on Sosei.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := examples/morioka/report.txt
PORT ?= 8000
MINUTES ?= 10
PART ?= judging
MUTANTS ?= 0
FAULTS ?= 200
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help setup setup-test tools run review test deep fast lint types docs fuzz mutate faults bench lock clean

help: ## この一覧 / this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: ## .venv に sosei を入れる / install sosei into .venv
	@sh tools/setup.sh run

setup-test: ## 試験の道具も入れる / with everything the tests need
	@sh tools/setup.sh test

tools: ## chromium、LibreOffice、PostgreSQL（root のとき）/ what the tests need, where we may install it
	@sh tools/programs.sh

run: setup ## 架空の見本市の台帳をつくり、机を http://localhost:8000 で開く / the desk with a fictional city's book
	@$(BIN)/sosei sample --home out/mihon && $(BIN)/sosei serve --home out/mihon --port $(PORT)

review: setup ## 見本の報告書を読み、点検し、評価し、公表し、頁を見る / one report, from reading to the page
	@$(BIN)/sosei review $(SAMPLE) out --serve --port $(PORT)

test: setup-test tools ## すべての試験 / every test
	@sh tools/test.sh

deep: setup-test ## 性質の試験を多くの例で / the property tests with many examples
	@DEEP=1 $(BIN)/pytest -q -n auto -m "slow and not browser and not office"

fast: setup-test ## 速い試験だけ / the quick tests only
	@$(BIN)/pytest -q -n auto -m "not slow and not office and not browser"

lint: setup-test ## 書き方 / style and structure
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: setup-test ## 型 / types
	@$(BIN)/mypy

docs: setup-test ## 規則の説明を作り直す / make docs/rules from the rules
	@$(BIN)/python tools/build_rules_docs.py

fuzz: setup-test ## 壊した入力で MINUTES 分 / mutated input for MINUTES minutes
	@$(BIN)/python tools/fuzz.py --minutes $(MINUTES)

mutate: setup-test ## PART を一か所ずつ壊し、試験が気づくか / do the tests notice? (MUTANTS of each module; 0: all)
	@$(BIN)/python tools/mutate.py $(PART) -n $(MUTANTS)

faults: setup-test tools ## 殺す・満杯・時計・二重起動を FAULTS 回 / kill, fill and stop it FAULTS times
	@FAULTS=$(FAULTS) $(BIN)/pytest -q tests/faults

bench: setup-test ## 速さを測る / measure
	@sh tools/bench.sh

lock: setup-test ## 固定した版を作り直す / pin the requirements anew
	@sh tools/lock.sh

clean: ## 作ったものを消す / remove what was made
	@rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
