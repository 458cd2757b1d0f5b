"""The command `routing`, and `python -m routing`. An interrupt ends it quietly from here on.

The package and this module load next to nothing, so that there is hardly a moment before.
"""

import os
import signal


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
