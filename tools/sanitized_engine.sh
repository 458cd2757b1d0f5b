#!/bin/sh
# Builds the C engine of durable_rules under the address and undefined-behaviour sanitizers, and routes the examples with it.
# sh tools/sanitized_engine.sh SOURCE.tar.gz [FOLDER]; SOURCE is the engine's source distribution, FOLDER takes the build.
set -eu
source=$1
folder=${2:-dist/sanitized}
python=${PYTHON:-.venv/bin/python}
mkdir -p "$folder/source"
tar xzf "$source" -C "$folder/source" --strip-components=1
suffix=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("EXT_SUFFIX"))')
include=$("$python" -c 'import sysconfig; print(sysconfig.get_paths()["include"])')
gcc -w -g -O1 -std=c99 -D_GNU_SOURCE -fPIC -shared -fsanitize=address,undefined -fno-omit-frame-pointer \
  -DPyEval_CallObject=PyObject_CallObject -I"$include" -I"$folder/source/src/rules" \
  "$folder"/source/src/rules/*.c "$folder/source/src/rulespy/rules.c" -lm -o "$folder/durable_rules_engine$suffix"
# Python itself frees little at its end, so leaks are not looked for.
ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
  LD_PRELOAD="$(gcc -print-file-name=libasan.so) $(gcc -print-file-name=libubsan.so)" PYTHONPATH="$folder:." \
  "$python" - <<'RUN'
from pathlib import Path

import durable_rules_engine
from routing.api import Router

print(durable_rules_engine.__file__)
router = Router.open(cached=False)
for case in sorted(Path("examples").glob("*/case.yaml")):
    print(case.parent.name, router.route(case, as_of="2026-11-24").status, flush=True)
RUN
echo "No fault was found."
