#!/bin/sh
# Builds the C engine of durable_rules under the address and undefined-behaviour sanitizers and feeds it with networks
# and facts, each kind for SECONDS (60). sh tools/sanitized_engine.sh [FOLDER]; FOLDER takes the build.
# The source is the pinned one, by its hash; PYTHON is a Python with the program installed.
set -eu
folder=${1:-dist/sanitized}
python=${PYTHON:-.venv/bin/python}
rm -rf "$folder"
mkdir -p "$folder/source"
sed -n '/^durable-rules==/,/--hash/p' requirements/runtime.txt | sed '$s/ *\\$//' > "$folder/pinned.txt"
"$python" -m pip --disable-pip-version-check -q download --require-hashes --no-deps --no-build-isolation \
  --no-binary durable_rules -d "$folder" -r "$folder/pinned.txt"
tar xzf "$folder"/durable_rules-*.tar.gz -C "$folder/source" --strip-components=1
suffix=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("EXT_SUFFIX"))')
include=$("$python" -c 'import sysconfig; print(sysconfig.get_paths()["include"])')
${CC:-gcc} -w -g -O1 -std=c99 -D_GNU_SOURCE -fPIC -shared -fsanitize=address,undefined -fno-omit-frame-pointer \
  -DPyEval_CallObject=PyObject_CallObject -I"$include" -I"$folder/source/src/rules" \
  "$folder"/source/src/rules/*.c "$folder/source/src/rulespy/rules.c" -lm -o "$folder/durable_rules_engine$suffix"
# Python itself frees little at its end, so leaks are not looked for.
export ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 PYTHONPATH="$folder:."
preload="$(${CC:-gcc} -print-file-name=libasan.so) $(${CC:-gcc} -print-file-name=libubsan.so)"
for feed in ours random forged; do
  LD_PRELOAD=$preload "$python" devtools/feed_engine.py "$feed" "${SECONDS_EACH:-60}" "${SEED:-1}"
done
echo "No fault was found."
