#!/bin/sh
# Installs the program from this folder, without network or compiler.
# sh install.sh [FOLDER]; FOLDER becomes a virtual environment (./routing-venv when not named).
# What is installed is what SHA256SUMS names, each file with its hash; settings of pip are not heeded.
set -eu
folder=${1:-routing-venv}
case $folder in /*) ;; *) folder=$PWD/$folder ;; esac
stop() { echo "$1: nothing was installed." >&2; exit 1; }
cd "$(dirname "$0")"
if command -v sha256sum >/dev/null; then check="sha256sum -c --quiet --strict"; else check="shasum -a 256 -c --quiet"; fi
$check SHA256SUMS || stop "A file is not as it was packed"
for file in * .*; do
  case $file in . | .. | SHA256SUMS | install.sh) continue ;; esac
  [ -e "$file" ] || [ -L "$file" ] || continue # a pattern that no file fits stands for itself
  cut -c 67- SHA256SUMS | grep -qxF -e "$file" || stop "$file is not in SHA256SUMS"
done
wheels=$(sed -n 's|^\([0-9a-f]\{64\}\)  \([^/]*\.whl\)$|./\2 --hash=sha256:\1|p' SHA256SUMS)
[ -n "$wheels" ] || stop "There is no wheel in SHA256SUMS"
"${PYTHON:-python3}" -m venv "$folder"
echo "$wheels" | "$folder/bin/python" -I -m pip --isolated --disable-pip-version-check install --no-index --no-deps --require-hashes -r /dev/stdin
"$folder/bin/python" -I -m pip --isolated --disable-pip-version-check check
"$folder/bin/python" -I -c 'import durable.lang, durable.engine, routing'
echo "Installed. Run $folder/bin/routing"
