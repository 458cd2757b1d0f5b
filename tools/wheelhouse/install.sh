#!/bin/sh
# Installs the program from this folder, without network or compiler.
# sh install.sh [FOLDER]; FOLDER becomes a virtual environment (./routing-venv when not named).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-routing-venv}
"${PYTHON:-python3}" -m venv "$folder"
"$folder/bin/python" -m pip --disable-pip-version-check install --no-index --find-links "$here" cooperation-routing
"$folder/bin/python" -c 'import durable.lang, durable.engine, routing'
echo "Installed. Run $folder/bin/routing"
