"""What a wheelhouse holds: SHA256SUMS, and a bill of materials (CycloneDX) that names the bundled C engine.

python tools/bill_of_materials.py FOLDER. The same wheels give the same files, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

BILL, SUMS = "sbom.cdx.json", "SHA256SUMS"
# What a wheel carries that its own metadata do not name.
BUNDLED = {
    "durable-rules": [
        {
            "type": "library",
            "name": "durable_rules_engine",
            "description": "The rule engine in C (src/rules), compiled into the wheel's extension module",
            "licenses": [{"license": {"id": "MIT"}}],
        }
    ],
    "cooperation-routing": [
        {
            "type": "data",
            "name": "all-MiniLM-L6-v2",
            "description": "Rows of word pieces made from this sentence encoder (routing/meaning/pieces.npz)",
            "licenses": [{"license": {"id": "Apache-2.0"}}],
        }
    ],
}


def component(wheel: Path) -> dict[str, Any]:
    """A wheel as a component of the bill, with what is bundled in it."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
        compiled = sorted(name for name in archive.namelist() if name.endswith((".so", ".pyd")))
    project = said["Name"].lower().replace("_", "-")
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{project}@{said['Version']}",
        "name": project,
        "version": said["Version"],
        "purl": f"pkg:pypi/{project}@{said['Version']}",
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(wheel.read_bytes()).hexdigest()}],
        "properties": [{"name": "compiled", "value": name} for name in compiled],
    }
    bundled = [{**part, "version": said["Version"]} for part in BUNDLED.get(project, ())]
    return {**found, "components": bundled} if bundled else found


def bill(folder: Path) -> dict[str, Any]:
    """The bill of materials of a folder of wheels."""
    components = [component(wheel) for wheel in sorted(folder.glob("*.whl"))]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}


def main(folder: Path) -> None:
    (folder / BILL).write_text(json.dumps(bill(folder), indent=1) + "\n", encoding="utf-8")
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(folder.iterdir())
        if file.is_file() and file.name not in (SUMS, "install.sh")
    ]
    (folder / SUMS).write_text("".join(lines), encoding="ascii")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
