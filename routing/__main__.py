"""The command `routing`, and `python -m routing`. An interrupt ends it quietly from here on.

The package and this module load nothing that Python has not loaded itself, so that there is no moment before:
of `signal`, which takes milliseconds, only what it is made of.
"""

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
else:
    import _signal as signal


def run() -> None:
    """Run the command and end the process with its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)  # until the command is loaded and can leave in order
    try:
        from routing.cli import run as command
    except (MemoryError, ImportError) as error:
        if isinstance(error, ImportError) and "failed to map segment" not in str(error):
            raise
        os.write(2, b"memory ran out before the command began (give the program more memory)\n")
        os._exit(1)
    command()


def _leave(number: int, frame: object) -> None:
    os._exit(128 + number)


if __name__ == "__main__":
    run()
