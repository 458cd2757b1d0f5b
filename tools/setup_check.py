"""Can this Python set the program up, and did the rule engine come out usable?

One sentence and exit code 1 when not. Written for any Python, so that a wrong one is told.
"""

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile

CHOOSE = "set PYTHON to a Python 3.11, 3.12 or 3.13, as in `make test PYTHON=python3.12`."


def unsupported(implementation, version):
    if implementation == "CPython" and (3, 11) <= tuple(version[:2]) < (3, 14):
        return None
    name = "Python" if implementation == "CPython" else implementation
    return f"{name} {version[0]}.{version[1]} is not supported: {CHOOSE}"


def without_venv():
    """Debian splits these two off the interpreter."""
    try:
        import ensurepip  # noqa: F401 - asked for, not used
        import venv  # noqa: F401 - asked for, not used
    except ImportError:
        return f"this Python cannot make virtual environments: install {short()}-venv (Debian, Ubuntu)."
    return None


def without_compiler():
    """Compiles one file as the engine's build would."""
    command = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()
    if not command or shutil.which(command[0]) is None:
        said = "no C compiler: `{}` was not found; install one ({})."
        return said.format(
            " ".join(command), "Debian, Ubuntu: gcc and libc6-dev; macOS: xcode-select --install"
        )
    folders = sorted({sysconfig.get_paths()[name] for name in ("include", "platinclude")})
    if not any(os.path.exists(os.path.join(folder, "Python.h")) for folder in folders):
        said = (
            "Python.h was not found in {}: install the Python headers (Debian, Ubuntu: {}-dev; Fedora:"
            " python3-devel)."
        )
        return said.format(" or ".join(folders), short())
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "trial.c")
        with open(source, "w") as file:
            file.write("#include <Python.h>\nint trial(void) { return PY_MAJOR_VERSION; }\n")
        command += ["-c", source, "-o", os.path.join(folder, "trial.o")] + ["-I" + name for name in folders]
        trial = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if trial.returncode != 0:
        lines = [line.strip() for line in trial.stdout.splitlines() if "error" in line] or ["it said nothing"]
        return f"`{command[0]}` cannot compile a file that includes Python.h: {lines[0]}"
    return None


def without_engine():
    try:
        import durable.engine
        import durable.lang  # noqa: F401 - asked for, not used
    except Exception as error:  # whatever stops the import stops the program
        said = (
            "durable_rules was installed but cannot be imported ({}): remove .venv and run the same command"
            " again."
        )
        return said.format(str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__)
    return None


def short():
    return "python{}.{}".format(*sys.version_info[:2])


def main(arguments):
    fault = unsupported(platform.python_implementation(), sys.version_info)
    if fault is None:
        fault = without_engine() if arguments == ["--engine"] else without_venv() or without_compiler()
    if fault is not None:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
