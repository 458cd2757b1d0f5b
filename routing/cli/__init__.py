"""The command line. Each command lives in a module of its own, loaded only when it is called."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from routing.cli.exit_codes import INTERNAL, INTERRUPTED, guarded, tell_no_memory
from routing.cli.opening import ISOLATE, LIMITS, STRICT_DATES
from routing.cli.outputs import OVERLAYS
from routing.core.at_end import tidy
from routing.core.printable import printable, said_back
from routing.version import VERSION

# A command builds many small objects that live as long as it does; looking through them for rings costs a
# tenth of it.
gc.set_threshold(500_000, 20, 20)
# No plugin of a library may see a case, or cost time looking for one.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

COMMANDS = {
    "route": "the plan for a case",
    "explain": "why a pathway is, or is not, the answer",
    "whatif": "two plans side by side, with other facts",
    "compare": "two plans side by side, on two days",
    "change": "the smallest change of facts that leads to a pathway",
    "ask": "be asked only what matters, one question at a time",
    "draft": "the paper that carries a step, with a list of what is missing",
    "replay": "run a receipt again and say what differs",
    "batch": "the answers to thousands or millions of needs in a table",
    "receipt": "sign receipts and verify who signed one",
    "world": "where in the world a route exists, and what a ratification would change",
    "new": "write a commented case to fill in",
    "law": "who is bound by what, and what a provision says",
    "rules": "list, show and check the rules",
    "pathway": "the card of a pathway: when it is right, on what basis, what it is not for",
    "term": "what a term of art means, and where that is from",
    "cache": "what is kept to start quickly; `routing cache clear` removes it",
    "serve": "plans in your browser on this machine, or an interface for programs",
    "mcp": "tools for an assistant, which fills in the case and decides nothing",
    "schema": "the JSON Schema of a case, a plan or a receipt",
}


DATED = frozenset({"route", "explain", "whatif", "compare", "change", "ask", "draft", "law"})
"""The commands whose answers hang on what the lists of members show on a day."""
DECIDING = frozenset(
    {"route", "explain", "whatif", "compare", "change", "ask", "draft", "replay", "serve", "mcp"}
)
"""The commands that run the rule engine on a case."""


MEANT = {
    **dict.fromkeys(("plan", "run", "check", "validate", "answer", "solve", "test"), "route CASE"),
    **dict.fromkeys(("start", "interview", "question", "questions", "wizard"), "ask"),
    **dict.fromkeys(("create", "init", "template", "form", "case"), "new CASE"),
    **dict.fromkeys(("why", "reason", "reasons", "because"), "explain CASE"),
    **dict.fromkeys(("why-not", "whynot", "why_not"), "explain CASE --why-not PATHWAY"),
    **dict.fromkeys(("what-if", "what_if", "if", "set"), "whatif CASE --set FACT=VALUE"),
    **dict.fromkeys(("papers", "paper", "letter", "letters", "document", "documents", "write"), "draft CASE"),
    **dict.fromkeys(("tell", "story", "page", "web", "gui", "browser", "open"), "serve"),
    **dict.fromkeys(("api", "server"), "serve --api"),
    **dict.fromkeys(("who", "office", "offices", "authority", "contact"), "law who STATE"),
    **dict.fromkeys(("between", "treaties", "treaty"), "law between STATE STATE"),
    **dict.fromkeys(("show", "article", "provision"), 'law show "INSTRUMENT 18(9)"'),
    **dict.fromkeys(("state", "country", "states", "countries"), "law state STATE"),
    **dict.fromkeys(("word", "words", "glossary", "define", "explain-word", "terms"), "term WORD"),
    **dict.fromkeys(("channel", "channels", "pathways"), "pathway NAME"),
    **dict.fromkeys(("rule", "prove", "diff", "list"), "rules"),
    **dict.fromkeys(("help", "commands", "?"), "--help"),
    "version": "--version",
}
"""What people type for a command, and what they mean."""


class _Interrupted(BaseException):
    """An interrupt on its way out, which click does not turn into exit code 1."""


@contextmanager
def _told_from_other_ends() -> Iterator[None]:
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        raise _Interrupted from None
    except click.ClickException as error:  # click says back what was written, as it was
        message = said_back(printable(error.format_message(), one_line=False), "`'")
        if message == error.format_message():
            raise
        raise click.UsageError(message, getattr(error, "ctx", None)) from None


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"routing.cli.{cmd_name}"), cmd_name)
        _take_written_help(command)
        _take_overlays(command)
        if cmd_name in DATED:
            _take_flag(command, STRICT_DATES, STRICTLY)
        if cmd_name in DECIDING:
            _take_flag(command, ISOLATE, APART)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of a line; for a word that is none, what is meant."""
        if not ctx.resilient_parsing and args and args[0] not in COMMANDS:
            from routing.core.errors import closest_spelling, quoted

            word = args[0]
            meant = MEANT.get(word.lower()) or closest_spelling(word.lower(), COMMANDS)
            if word.lower().endswith((".yaml", ".yml", ".json")) or os.path.isfile(word):
                meant = f"route {word}"
            hint = f"write `routing {meant}`; " if meant else ""
            ctx.fail(f"{quoted(word)} is not a command; {hint}`routing --help` lists all")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **options: Any) -> Any:
        """The command as click runs it, but that an interrupt is told by its own exit code."""
        try:
            return super().main(*args, **options)
        except _Interrupted:
            sys.exit(INTERRUPTED)

    def make_context(self, *args: Any, **options: Any) -> click.Context:
        _take_written_help(self)
        with _told_from_other_ends():
            return super().make_context(*args, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _told_from_other_ends():
            try:
                return super().invoke(ctx)
            except click.UsageError as error:
                cure = self._cure(ctx, error)
                if not cure:
                    raise
                message = error.format_message().rstrip(".")
                raise click.UsageError(f"{message}. {cure}", error.ctx) from None

    def _cure(self, ctx: click.Context, error: click.UsageError) -> str:
        """What to do about a line that click refuses; empty where it says so itself."""
        if isinstance(error, click.NoSuchOption):
            takes = [name for name in COMMANDS if self._takes(ctx, name, error.option_name)]
            return f"`routing {takes[0]}` has it." if takes else "`--help` at the command lists its options."
        if "unexpected extra argument" in error.format_message():
            return "Put a name of several words in quotes; a command takes one case, which is a file."
        if isinstance(error, click.MissingParameter) and "--output" in error.format_message():
            return "Write `-o answers.jsonl`."
        return ""

    def _takes(self, ctx: click.Context, name: str, option: str) -> bool:
        command = self.get_command(ctx, name)
        return command is not None and any(option in param.opts for param in command.params)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _take_written_help(command: click.Command) -> None:
    """Give a command its help where Python leaves out docstrings."""
    if sys.flags.optimize > 1:
        from routing.cli.written_help import take_written_help

        take_written_help(command)


def _lay_over(ctx: click.Context, param: click.Parameter, paths: tuple[Path, ...]) -> None:
    """Let the command work with the user's own data laid over the rules it was given."""
    if paths and not ctx.resilient_parsing:
        from routing.core.paths import rules_folder
        from routing.rulebook.overlay.merge import apply_overlays

        root = ctx.find_root()
        ctx.meta[OVERLAYS] = paths
        with guarded():
            given = root.obj or {"rules": rules_folder(root.params.get("rules"))}
            root.obj = {**given, "rules": apply_overlays(given["rules"], paths)}
            ctx.obj = root.obj


def _own_data() -> click.Option:
    return click.Option(
        ["--with", "overlays"],
        type=click.Path(path_type=Path),
        multiple=True,
        expose_value=False,
        callback=_lay_over,
        help="Lay your own agreements, profiles and rules in this file over ours.",
    )


def _take_overlays(command: click.Command) -> None:
    """Give every command that reads rules the option that lays a user's own data over them."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _take_overlays(each)
    elif not any(param.name == "overlays" for param in command.params):
        command.params.append(_own_data())


class _Asked(dict[str, Path]):
    """Which rules answer, where none are named: looked for when a command asks, so that `rules use` can mend
    what is not to be used."""

    def __missing__(self, key: str) -> Path:
        if key != "rules":
            raise KeyError(key)
        from routing.core.paths import rules_folder

        self[key] = rules_folder()
        return self[key]


STRICTLY = "Take what a list last showed as not known of the days after it, as an auditor would."
APART = "Run the rule engine in a process of its own, so that a crash of it loses nothing."


def _note_flag(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Tell the command that the flag was given, by the name of the flag."""
    if value and param.name and not ctx.resilient_parsing:
        from routing.core.paths import rules_folder

        root = ctx.find_root()
        with guarded():
            root.obj = {**(root.obj or {"rules": rules_folder(root.params.get("rules"))}), param.name: True}
            ctx.obj = root.obj


def _take_flag(command: click.Command, name: str, help: str) -> None:
    """Give a command, and those below it, a flag that opening the rules takes note of."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _take_flag(each, name, help)
    elif not any(param.name == name for param in command.params):
        option = f"--{name.replace('_', '-')}"
        command.params.append(
            click.Option([option], is_flag=True, expose_value=False, callback=_note_flag, help=help)
        )


def _print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from routing.core.paths import rules_folder
    from routing.rulebook.files import source_hash
    from routing.yaml.tree import load_plain

    with guarded():
        folder = rules_folder(ctx.params.get("rules"))
        settings = load_plain(folder / "rulebook.yaml")
        click.echo(f"routing {VERSION}")
        click.echo(
            f"rules {settings['version']} in {printable(str(folder))}, hash {source_hash(folder)[:16]}"
        )
        click.echo(f"law data as of {settings['data_date']}")
    ctx.exit()


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--rules",
    type=click.Path(path_type=Path, file_okay=False),
    is_eager=True,
    help="Use the rules in this folder.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print version, rules and date of the law data.",
)
@click.option(
    "--limit",
    "limits",
    metavar="WHAT=N",
    multiple=True,
    help="How much an answer may take: needs=100, seconds=120, megabytes=4000 unless set.",
)
@click.pass_context
def main(ctx: click.Context, rules: Path | None, limits: tuple[str, ...]) -> None:
    """Which channel of international cooperation to use, in which order, on what legal basis.

    It advises: a central authority or prosecutor confirms the route. Nothing leaves this machine.
    """
    with guarded():
        from routing.core.paths import rules_folder

        ctx.obj = _Asked() if rules is None else {"rules": rules_folder(rules)}
        if limits:
            from routing.core.limits import Limits

            Limits().with_written(limits)
            ctx.meta[LIMITS] = limits


def run() -> None:
    """The command as a process. It ends at once, for to take a rulebook apart takes as long as to route a
    case."""
    code = INTERRUPTED
    try:
        _take_over_signals()
        _take_over_streams()
        with guarded():
            main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else INTERNAL
    except KeyboardInterrupt:
        pass
    except MemoryError:  # also while another sentence was to be printed
        tell_no_memory()
        code = INTERNAL
    _end(code)


def _take_over_signals() -> None:
    """A signal that ends the command ends it in order: what was answered is saved, what is private
    removed."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # a shell may have asked to ignore it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end_by)


def _take_over_streams() -> None:
    """No file that is opened later may be taken for a standard stream, and no character stops the answer."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        if sys.stderr is not None:
            sys.stderr.write("standard output is closed, so that no answer can be written (open it)\n")
        sys.exit(INTERNAL)


def _end_by(number: int, frame: object) -> None:
    """Leave by the way of every command, so that what was answered is saved and what is private is
    removed."""
    sys.exit(128 + number)


def _end(code: int) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left takes a moment
    tidy()
    os._exit(_flushed(code))


def _flushed(code: int) -> int:
    """The exit code once all is written."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except BrokenPipeError:
            continue
        except OSError:
            code = code or INTERNAL
    return code
