# Two commands are all there is to know: `make demo` and `make test`. `make help` lists the rest.

PYTHON ?= python3
VENV ?= .venv
OUT ?= out
DATA ?= var
SERVE ?= 1
PORT ?= 8000
JOBS ?= auto
PYTEST_ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := $(PIP) install --quiet --require-hashes
ITSELF := $(PIP) install --quiet --no-deps --no-build-isolation --editable .

# Chinese is printed and read as UTF-8 whatever the locale of the machine.
export PYTHONUTF8 := 1
# Compiled modules are kept, also where the machine says otherwise: each of the hundred processes that the tests start would
# compile eight hundred of them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help screenshot demo test checks lint format vendor messages types imports pytest torture long days base docs reference bench accuracy unseen lock clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "guatu needs Python 3.11 or newer; name it: make PYTHON=/path/to/python3.11" >&2; \
	  echo "需要 Python 3.11 或更高版本, 可指明: make PYTHON=/路径/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "cannot create an environment; on Debian: apt-get install python3-venv" >&2; \
	  echo "无法创建虚拟环境; Debian 上请先安装 python3-venv" >&2; exit 1; }

$(VENV)/.base: $(VENV)/pyvenv.cfg requirements/base.txt requirements/build.txt pyproject.toml
	@echo "installing from requirements/base.txt · 正在安装依赖"
	@$(LOCKED) -r requirements/base.txt -r requirements/build.txt
	@$(ITSELF)
	@touch $@

$(VENV)/.web: $(VENV)/pyvenv.cfg requirements/web.txt requirements/build.txt pyproject.toml
	@echo "installing from requirements/web.txt · 正在安装依赖"
	@$(LOCKED) -r requirements/web.txt -r requirements/build.txt
	@$(ITSELF)
	@touch $@ $(VENV)/.base

$(VENV)/.all: $(VENV)/pyvenv.cfg requirements/all.txt requirements/build.txt pyproject.toml
	@echo "installing from requirements/all.txt · 正在安装全部依赖"
	@$(LOCKED) -r requirements/all.txt -r requirements/build.txt
	@$(ITSELF)
	@touch $@ $(VENV)/.base $(VENV)/.web

$(VENV)/.test: $(VENV)/pyvenv.cfg requirements/test.txt requirements/build.txt pyproject.toml
	@$(LOCKED) -r requirements/test.txt -r requirements/build.txt
	@$(ITSELF)
	@touch $@

$(VENV)/.lock: $(VENV)/pyvenv.cfg requirements/lock.txt requirements/build.txt
	@$(LOCKED) -r requirements/lock.txt -r requirements/build.txt
	@touch $@

PLANS = $(shell find examples -type f \( -name '*.txt' -o -name '*.md' -o -name '*.html' -o -name '*.docx' -o -name '*.pdf' \) \
  ! -name 'README*' | LC_ALL=C sort)

demo: $(VENV)/.web ## example plans compiled, example county loaded, server started; SERVE=0 stops before it
	@mkdir -p $(OUT)
	@for format in xlsx html json; do $(BIN)/guatu compile $(PLANS) --format $$format -o $(OUT) || exit $$?; done
	@$(BIN)/guatu check $(PLANS) > $(OUT)/findings.txt || [ $$? -eq 1 ]
	@echo; echo "示例方案已编译 · the example plans are compiled:"
	@for file in $(OUT)/*; do case $$file in \
	  *.xlsx) echo "  $$file  台账表格 · ledger, one sheet a kind" ;; \
	  *.html) echo "  $$file  原文与台账对照, 用浏览器打开 · text and ledger side by side, open in a browser" ;; \
	  *.json) echo "  $$file  数据 · data" ;; \
	  *findings.txt) echo "  $$file  方案自身的问题 · what is wrong with the plans themselves" ;; esac; done
	@echo; $(BIN)/guatu manage --data $(DATA) migrate --verbosity 0
	@$(BIN)/guatu manage --data $(DATA) load_example
	@if [ "$(SERVE)" != 0 ]; then echo; exec $(BIN)/guatu serve --data $(DATA) --port $(PORT); fi

test: $(VENV)/.all ## everything: lint, types, import rules, limits and tests; says what was skipped
	@$(MAKE) --no-print-directory --keep-going --jobs 2 checks

# Two at a time, and the longest from the beginning.
checks: pytest types imports lint

# What the layout of templates is; without --check it is put right.
TEMPLATES = $(BIN)/djangofmt --quiet --line-length 120 --indent-width 2 src/guatu/web

lint: $(VENV)/.all ## rules and layout, of the code and of the templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TEMPLATES) --check

format: $(VENV)/.all ## lay code and templates out
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(TEMPLATES)

vendor: $(VENV)/pyvenv.cfg ## renew the files of others that pages load, from npm; UPGRADE=1 takes newer versions
	$(BIN)/python tools/vendor.py $(if $(UPGRADE),--upgrade)

messages: $(VENV)/.all ## bring the translations up to date with the code; lists what has none yet
	$(BIN)/python tools/messages.py

# The types of models come from the settings, which would make a secret for a county that is none.
types: $(VENV)/.all ## mypy, strict
	GUATU_SECRET=types $(BIN)/mypy

imports: $(VENV)/.all ## the import rules of pyproject.toml
	$(BIN)/lint-imports --no-logo

pytest: $(VENV)/.all ## the tests alone; PYTEST_ARGS="-k name" chooses
	$(BIN)/pytest -n $(JOBS) --dist worksteal $(PYTEST_ARGS)

torture: long days ## what takes long by nature, whole: the two below

# What the ordinary run does a sample of.
LONG = tests/web/test_durability.py tests/web/test_backup_under_load.py tests/e2e $(wildcard tests/web/*/test_*_in_browser.py)

long: $(VENV)/.all ## fifty kills, twenty backups under load, every page's accessibility at both widths in both languages
	GUATU_KILLS=50 GUATU_BACKUPS=20 GUATU_AXE=all $(BIN)/pytest -n $(JOBS) --dist worksteal $(LONG) $(PYTEST_ARGS)

# Every test that may ask what day it is.
DATED = tests/core/calendar tests/core/dispatch tests/web

days: $(VENV)/.all ## tests on each day on which counting days goes wrong; DAYS="2028-02-29 ..." chooses
	$(BIN)/python -m tests.torture $(addprefix --day=,$(DAYS)) -- -n $(JOBS) --dist worksteal $(DATED) $(PYTEST_ARGS)

base: $(VENV)/.test ## core, pack and command line tests without the web extra (use another VENV)
	$(BIN)/pytest -n $(JOBS) --dist worksteal $(wildcard tests/core tests/engines tests/adapters tests/cli tests/spec) $(PYTEST_ARGS)

docs: reference ## build the documentation into site/, strictly
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

reference: $(VENV)/.all ## renew docs/reference from the code
	$(BIN)/python docs/generate.py

bench: $(VENV)/.all ## measure speed, memory and growth into docs/bench/
	$(BIN)/python bench/compile_speed.py
	$(BIN)/python bench/shapes.py
	$(BIN)/python bench/drg_group.py

accuracy: $(VENV)/.all ## score the compiler against its references into docs/accuracy.md
	$(BIN)/python bench/accuracy.py

unseen: $(VENV)/.all ## score the compiler on documents that no rule was written on, and log it in docs/unseen.md
	$(BIN)/python bench/unseen.py

lock: $(VENV)/.lock ## renew requirements/*.txt; UPGRADE=1 takes newer versions
	$(BIN)/python requirements/renew.py $(if $(UPGRADE),--upgrade)

clean: ## remove what was made here; the environment stays
	rm -rf $(OUT) site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

screenshot: $(VENV)/.base ## renew the picture in the README; needs chromium and a Chinese font
	@rm -rf $(OUT)/screenshot && mkdir -p $(OUT)/screenshot
	@for lang in zh en; do \
	  $(BIN)/guatu compile --lang $$lang examples/plans --format html -o $(OUT)/screenshot/$$lang && \
	  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1440,800 --virtual-time-budget=3000 \
	    --screenshot=docs/assets/screenshot.$$lang.png \
	    "file://$(CURDIR)/$(OUT)/screenshot/$$lang/qinghe-public-facilities-2025.ledger.html#k2" 2>/dev/null || exit 1; done
	@rm -rf $(OUT)/screenshot
