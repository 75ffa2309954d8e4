"""The command line: every command, its options, and where its work is done."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from guanjia.config.loading import set_up_django

from . import serving
from .place import Refusal, as_owner, database, default_data, make_tables_if_new, say_where
from .postgres import PostgresError

Main = Callable[[list[str]], "int | None"]

# Commands whose work is done in another room: its `main(argv)`, and whether it needs the database.
ELSEWHERE = {
    "setup": ("guanjia.config.setup", "make the first company, project and manager", True),
    "demo": ("guanjia.config.demo", "make the demo community", True),
    "import": ("guanjia.config.importing", "bring in requests of another system", True),
    "book": ("guanjia.parts.standards.trace", "trace every clause to what executes and proves it", False),
    "journal": ("guanjia.kernel.verify", "verify or seal the journal", True),
    "bench": ("bench.run", "measure speed on this machine", True),
    "phone-simulator": ("guanjia.parts.telephone.simulator", "play calls of a telephone system", False),
    "messages": ("guanjia.runtime.messages", "compile or check the translations", False),
}


def main(argv: list[str]) -> int:
    try:
        name = argv[0] if argv else ""
        if name in ELSEWHERE:
            return _elsewhere(name, argv[1:])
        if name == "manage":
            return _manage(argv[1:])
        arguments = _parser().parse_args(argv)
        arguments.data = _absolute(arguments.data)
        result: int = arguments.run(arguments)
        return result
    except (Refusal, PostgresError) as error:
        print(f"guanjia: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _absolute(data: Path | None) -> Path:
    return default_data() if data is None else Path(os.path.abspath(data))


def _data_option() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    shared.add_argument("--data", type=Path, metavar="DIR", help="data folder (default: $GUANJIA_DATA or ./data)")
    return shared


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guanjia", description="Runs a property service centre by the book.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    data = _data_option()

    def add(name: str, text: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", parents=[data])
        made.set_defaults(run=run)
        return made

    serve = add("serve", "run the web server and the worker, and the database when it is embedded", serving.serve)
    _web_options(serve)
    serve.add_argument("--work", type=int, default=1, metavar="N", help="worker processes (default: 1)")
    serve.add_argument("--prepare", action="store_true", help="migrate, collect static files, make the demo first")
    _web_options(add("web", "run the web server alone", serving.web))
    work = add("work", "run the worker alone: queued jobs and schedules", serving.work)
    work.add_argument("--log", choices=["text", "json"], help="form of the log (default: $GUANJIA_LOG or text)")
    add("migrate", "bring the tables up to date, as the owner of DATABASE_OWNER_URL", serving.migrate)
    _backup_options(add)
    for name, (_, text, _) in ELSEWHERE.items():
        commands.add_parser(name, help=text, add_help=False)
    commands.add_parser("manage", help="any command of Django", add_help=False)
    return parser


def _web_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes (default: 2)")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="threads a process (default: 2)")
    parser.add_argument("--access-log", action="store_true", help="log each request, without its address")
    parser.add_argument("--log", choices=["text", "json"], help="form of the log (default: $GUANJIA_LOG or text)")


def _backup_options(add: Callable[..., argparse.ArgumentParser]) -> None:
    from . import backup

    made = add("backup", "write database, files and keys to one file, while everything runs", backup.run_backup)
    made.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    made = add("restore", "bring a backup back into an empty data folder", backup.run_restore)
    made.add_argument("file", type=Path, metavar="FILE", help="the file that `guanjia backup` wrote")
    made.add_argument("--check", action="store_true", help="only check that the backup is whole; nothing is written")


def _elsewhere(name: str, argv: list[str]) -> int:
    """A command of another room, which has its own options; only --data is ours."""
    ours, rest = _data_option().parse_known_args(argv)
    module, text, needs_database = ELSEWHERE[name]
    if name == "book" and rest[:1] == ["trace"]:
        rest = rest[1:]  # the only thing to do with the book; its program has no verbs
    data = _absolute(ours.data)
    if not needs_database:
        return int(_main_of(name, module, text)(rest) or 0)
    if {"-h", "--help"} & set(rest):
        say_where(data)
        set_up_django()
        return int(_main_of(name, module, text)(rest) or 0)
    with database(data):
        make_tables_if_new()
        set_up_django()
        return int(_main_of(name, module, text)(rest) or 0)


def _main_of(name: str, module: str, text: str) -> Main:
    try:
        found: Main = import_module(module).main
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        raise Refusal(f"`{name}` ({text}) is not part of this edition.") from error
    return found


def _manage(argv: list[str]) -> int:
    ours, rest = _data_option().parse_known_args(argv)
    data = _absolute(ours.data)
    if rest[:1] in (["migrate"], ["prepare"]):
        with database(data):
            return as_owner(*(["prepare"] if len(rest) == 1 else rest))
    needs_database = rest[:1] not in ([], ["help"], ["--help"], ["-h"], ["collectstatic"], ["check"])
    if not needs_database:
        say_where(data)
        return _django(rest)
    with database(data):
        return _django(rest)


def _django(rest: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["guanjia manage", *rest])
    return 0
