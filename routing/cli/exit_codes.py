"""Exit codes, and every error said in plain words.

0 every need confirmed, or conditional with the same primary however its questions are answered
1 internal failure, a disagreement of the two evaluators or a proof that fails included
2 wrong usage, or a case that cannot be read
3 some need has no lawful route (goes before 4)
4 the main step of some need depends on an unknown fact, or a story leaves a State open, or who asks whom
5 the rules cannot be used
6 something changes: two rulebooks, or two days, give different plans
130 interrupted; 129 and 143 the terminal was closed, or the process was asked to end
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from routing.core.errors import (
    CaseProblems,
    EngineFailure,
    EvaluatorsDisagree,
    Problem,
    Problems,
    ProofFails,
    RulebookProblems,
)
from routing.core.limits import check_room
from routing.core.printable import printable

OK, INTERNAL, USAGE, NO_ROUTE, UNDECIDED, BAD_RULES, CHANGES = 0, 1, 2, 3, 4, 5, 6
INTERRUPTED = 130
MOST_SHOWN = 50
NO_MEMORY = (
    "memory ran out, so that there is no answer; files are as they were (split the case, or give the program"
    " more memory)"
)
_NO_MEMORY_LINE = f"{NO_MEMORY}\n".encode()
_no_memory_reported = False
NO_ROOM = dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "make room, or write it elsewhere")
NOT_MAPPED = "failed to map segment"  # a library that does not fit into what memory is left


def tell(error: Problems) -> None:
    """Print every problem, one a line, on standard error, and what was noted on them."""
    for problem in error.problems[:MOST_SHOWN]:
        click.echo(str(problem), err=True)
    left = len(error.problems) - MOST_SHOWN
    if left > 0:
        click.echo(f"... and {left} more", err=True)
    for note in getattr(error, "__notes__", ()):
        click.echo(printable(note), err=True)


@contextmanager
def guarded() -> Iterator[None]:
    """Turn errors into sentences and exit codes; never a traceback. Standard error may quote the words at
    fault."""
    try:
        yield
    except RulebookProblems as error:
        tell(error)
        sys.exit(BAD_RULES)
    except (CaseProblems, Problems) as error:
        tell(error)
        sys.exit(USAGE)
    except (EvaluatorsDisagree, ProofFails, EngineFailure) as error:
        click.echo(
            f"no answer can be given: {Problem(str(error)).message}. Please report this; "
            "it is a fault of the program.",
            err=True,
        )
        sys.exit(INTERNAL)
    except (click.ClickException, click.exceptions.Exit, click.Abort, SystemExit, KeyboardInterrupt):
        raise
    except BrokenPipeError:
        sys.stdout = io.StringIO()
        sys.exit(OK)
    except OSError as error:
        why = (error.strerror or "unreadable").lower()
        if error.filename is not None:
            cure = NO_ROOM.get(error.errno or 0, "name a file in a folder that is there and that you may use")
            click.echo(f"cannot use `{printable(os.fsdecode(error.filename))}`: {why} ({cure})", err=True)
            sys.exit(USAGE)
        sys.stdout = io.StringIO()
        cure = NO_ROOM.get(error.errno or 0, "write it elsewhere, as with --save")
        click.echo(f"the answer cannot be written: {why} ({cure})", err=True)
        sys.exit(INTERNAL)
    except MemoryError:
        tell_no_memory()
        sys.exit(INTERNAL)
    except Exception as error:
        if _is_out_of_memory(error):
            tell_no_memory()
            sys.exit(INTERNAL)
        if os.environ.get("ROUTING_DEBUG"):
            raise
        click.echo(
            f"internal failure ({type(error).__name__}); set ROUTING_DEBUG=1 to see where. Please report"
            " this.",
            err=True,
        )
        sys.exit(INTERNAL)


def tell_no_memory() -> None:
    """Say that memory ran out; on the process's own standard error without asking for any, and only once, for
    it may run out again before the process has ended."""
    global _no_memory_reported
    if sys.stderr is not sys.__stderr__:
        click.echo(NO_MEMORY, err=True)
    elif not _no_memory_reported:
        os.write(2, _NO_MEMORY_LINE)
        _no_memory_reported = True


def _is_out_of_memory(error: Exception) -> bool:
    """Whether what ended the work is what a library, or the interpreter itself, says when memory runs out."""
    if isinstance(error, ImportError):
        return NOT_MAPPED in str(error)
    if isinstance(error, SystemError):
        try:
            check_room()
        except MemoryError:
            return True
    return False
