# make demo        set up, then route an example
# make check       set up, then lint, formatting, types and layers
# make test        set up, then run the tests (ARGS="-k name" passes options on)
# make test-all    the same, and what had passed on the same rules and code as well
# make fuzz        fuzz what reads bytes of others, each for SECONDS=60 (needs the extra `fuzz`)
# make fuzz-gate  the same with a fixed number of inputs, the same on every machine
# make sanitize    the C engine under address and undefined-behaviour sanitizers, each feed for SECONDS=60 (needs gcc)
# make wheelhouse  a folder in dist/ that installs without network or compiler
# make written     write anew what the program writes in this tree: index, reference, README, golden files
# make lock        refresh the pinned requirements
# make bench       how fast it is, beside its peers, written to benchmarks/README.md
# Each takes PYTHON=python3.12, say, when python3 is none of 3.11, 3.12 and 3.13.

PYTHON  ?= python3
BIN     := .venv/bin
PIP     := $(BIN)/python -m pip --disable-pip-version-check -q
# The stamps carry the version, so another PYTHON sets up anew.
VERSION := $(shell $(PYTHON) -c 'import platform; print(platform.python_version())' 2>/dev/null)
READY   := .venv/ready-$(VERSION)
TESTING := .venv/testing-$(VERSION)

# durable_rules ships as source only and calls a C function that Python 3.13 dropped and gcc 14
# no longer guesses. A build that pip cached without the flag would import on neither.
override CPPFLAGS += -DPyEval_CallObject=PyObject_CallObject
export CPPFLAGS
# The time that files in a wheel carry, so that the same sources give the same wheels, byte for byte.
export SOURCE_DATE_EPOCH ?= 1580601600
BUILT   := --require-hashes --no-cache-dir --no-build-isolation --use-pep517 --no-binary durable_rules

.PHONY: demo check test test-all written fuzz fuzz-gate sanitize wheelhouse lock bench
demo: $(READY)
	$(BIN)/routing route examples/cloud-mailbox/case.yaml

check: $(TESTING)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports

test: $(TESTING)
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

test-all: $(TESTING)
	ROUTING_TEST_ALL=1 $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

WRITTEN := tests/golden/test_examples.py tests/golden/test_papers.py tests/unit/rulebook/test_overlay.py
written: $(TESTING)
	$(BIN)/python -m routing rules index --write
	$(BIN)/python devtools/reference.py
	$(BIN)/python tools/readme.py
	ROUTING_WRITE_GOLDEN=1 $(BIN)/python -m pytest -q -p no:cacheprovider $(WRITTEN)

SECONDS ?= 60
SEED ?= 0
FUZZED := case overlay receipt answers cache_entry rules story
fuzz:
	for target in $(FUZZED); do \
		PYTHONHASHSEED=0 $(BIN)/python tests/fuzz/fuzz.py $$target -max_total_time=$(SECONDS) -seed=$(SEED) || exit 1; \
	done

fuzz-gate:
	for target in $(FUZZED); do \
		PYTHONHASHSEED=0 $(BIN)/python tests/fuzz/fuzz.py $$target --gate || exit 1; \
	done

sanitize: $(READY)
	PYTHON=$(BIN)/python SECONDS_EACH=$(SECONDS) sh tools/sanitized_engine.sh

$(READY): pyproject.toml requirements/build.txt requirements/runtime.txt tools/setup_check.py
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found: set PYTHON to a Python 3.11, 3.12 or 3.13, as in \`make test PYTHON=python3.12\`." >&2; exit 1; }
	@$(PYTHON) tools/setup_check.py
	$(PYTHON) -m venv --clear .venv
	$(PIP) install --require-hashes -r requirements/build.txt
	$(PIP) install $(BUILT) -r requirements/runtime.txt
	$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@$(BIN)/python tools/setup_check.py --engine
	@$(BIN)/python -m compileall -q routing
	@touch $@

$(TESTING): $(READY) requirements/test.txt
	$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

bench: $(TESTING)
	$(PIP) install zen-engine clipspy
	$(BIN)/python benchmarks/scale.py --networks 10 --rows 1000000 --write

wheelhouse: $(READY)
	rm -rf dist/wheelhouse dist/trial
	$(PIP) wheel $(BUILT) -r requirements/runtime.txt -w dist/wheelhouse
	$(PIP) wheel --no-index --no-deps --no-build-isolation -w dist/wheelhouse .
	cp tools/wheelhouse/* dist/wheelhouse/
	$(BIN)/python tools/bill_of_materials.py dist/wheelhouse
	PYTHON=$(BIN)/python sh dist/wheelhouse/install.sh dist/trial
	rm -rf dist/trial

COMPILE := .venv-lock/bin/uv pip compile -q --no-config --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/python -m pip install -q uv==0.13.8
	$(COMPILE) requirements/build.in -o requirements/build.txt
	$(COMPILE) pyproject.toml -c requirements/build.txt -o requirements/runtime.txt
	$(COMPILE) pyproject.toml --extra test -c requirements/build.txt -c requirements/runtime.txt -o requirements/test.txt
