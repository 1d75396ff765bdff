"""The command line: from its words to an exit code, and where an error ends. `grammar.py` has the commands,
`commands/` what each does.

Nothing is imported that the grammar does not need: `--help` costs little more than argparse.
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import warnings
from contextlib import contextmanager

from bot import TYPE_CHECKING
from bot.cli import flags
from bot.cli.grammar import parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Command = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code. The only place where an unexpected exception ends."""
    _open_streams()
    _utf8_pipes()
    try:
        words = sys.argv[1:] if argv is None else argv
        grammar = parser(words)
        grammar.first(words)
        args, unknown = grammar.parse_known_args(words)
        if unknown:
            args.unknown(unknown)
        if wrong := flags.disagreement(args):
            grammar.error(wrong)
        from importlib import import_module

        run: Command = getattr(import_module(f"bot.cli.commands.{args.module}"), args.command.replace("-", "_"))
        _quiet()
        with _termination():
            code = run(args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        # One that fell into an `exec` of Python's own (a dataclass being imported) marks the process to die of the signal, also
        # where it was caught (bpo-1054041, with `python -m`); the next `exec` of a string takes the mark away.
        exec("")
        return flags.INTERRUPTED
    except BrokenPipeError:  # `| head` has seen enough; nothing more may be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return flags.BROKEN_PIPE
    except Exception as error:
        from bot.cli.commands.shared import complain
        from bot.settings.settings import debug
        from index.errors import DragomanError

        if debug():
            raise
        if isinstance(error, DragomanError):
            return complain(str(error))
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return complain(f"{error.filename or 'the output'}: no space left on the device; make room, and run it again")
        if isinstance(error, OSError) and error.filename and error.strerror:
            return complain(
                f"{error.filename}: {error.strerror[:1].lower()}{error.strerror[1:]}; check the path and its permissions"
            )
        return complain(f"{type(error).__name__}: {error} (DRAGOMAN_DEBUG=1 shows where)")


def _open_streams() -> None:
    """A standard stream that is closed becomes the null device, also as a file descriptor: the next file that is opened, a
    database, would get its number, and what is written to it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            null = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            setattr(sys, name, os.fdopen(null, mode, encoding="utf-8"))


def _quiet() -> None:
    """No warnings of numpy's about products whose values are right: on some processors OpenBLAS computes on lanes beyond the
    numbers, and what is "invalid" there is reported in the middle of an answer."""
    warnings.filterwarnings("ignore", r"(invalid value|divide by zero|overflow) encountered in matmul", RuntimeWarning)


@contextmanager
def _termination() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does, with what it has to say and close; a second one at once."""

    def end(*_: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        sys.exit(flags.TERMINATED)

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _utf8_pipes() -> None:
    """Files and pipes get UTF-8 on every platform; a terminal keeps its encoding, and a character it lacks becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
