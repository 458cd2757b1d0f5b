#!/bin/sh
# Installs the program from this folder, without network or compiler.
# sh install.sh [FOLDER]; FOLDER becomes a virtual environment (./routing-venv when not named).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-routing-venv}
if command -v sha256sum >/dev/null; then check="sha256sum -c --quiet --strict"; else check="shasum -a 256 -c --quiet"; fi
(cd "$here" && $check SHA256SUMS) || { echo "A file is not as it was packed: nothing was installed." >&2; exit 1; }
for wheel in "$here"/*.whl; do
  grep -q "  ${wheel##*/}\$" "$here/SHA256SUMS" || { echo "${wheel##*/} is not in SHA256SUMS: nothing was installed." >&2; exit 1; }
done
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/python" -m pip --disable-pip-version-check install --no-index --find-links "$here" cooperation-routing
"$folder/bin/python" -c 'import durable.lang, durable.engine, routing'
echo "Installed. Run $folder/bin/routing"
