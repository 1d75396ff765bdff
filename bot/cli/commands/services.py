"""What runs until it is stopped, or on a schedule: `slack`, `run`, `run-due`, `beats`, `feedback`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.cli.commands import shared
from bot.cli.flags import DONE, FAILED

if TYPE_CHECKING:
    from bot.monitoring.monitor import Monitor


def slack(args: argparse.Namespace) -> int:
    from bot.settings.slack import load_slack

    if args.manifest:
        import json

        from bot.slack.manifest import manifest

        print(json.dumps(manifest(request_url=args.request_url), indent=2))
        return DONE
    settings = load_slack(shared.config(args), api_url=args.api_url)
    try:
        from bot.slack import app as door
        from bot.slack.setup_check import check
    except ImportError as error:
        return shared.complain(f"{error.name} is not installed: pip install '.[slack]' in Dragoman's folder")
    if args.check:
        findings = check(settings, signed=bool(args.http))
        print("\n".join(map(str, findings)))
        return DONE if all(finding.good for finding in findings) else FAILED
    monitor = _monitor(args, "slack")
    return door.run(shared.open_bot(args), settings, http=args.http, monitor=monitor)


def serve(args: argparse.Namespace) -> int:
    from bot.settings.http import load_http

    names = ("host", "port", "hosts", "root_path", "forwarded_from", "workers")
    settings = load_http(shared.config(args), **{name: getattr(args, name) for name in names})
    try:
        from bot.web import server
    except ImportError as error:
        return shared.complain(f"{error.name} is not installed: pip install '.[web]' in Dragoman's folder")
    monitor = _monitor(args, "http")
    return server.run(shared.open_bot(args), settings, monitor)


def mcp(args: argparse.Namespace) -> int:
    try:
        from bot.mcp.transports import stdio
    except ImportError as error:
        return shared.complain(f"{error.name} is not installed: pip install '.[mcp]' in Dragoman's folder")
    return stdio(shared.open_bot(args))


def run(args: argparse.Namespace) -> int:
    from bot.cli import service_commands

    return service_commands.run(args, shared.settings(args), _monitor(args, "run"))


def run_due(args: argparse.Namespace) -> int:
    from bot.cli import service_commands

    return service_commands.run_due(args, shared.settings(args))


def beats(args: argparse.Namespace) -> int:
    from bot.cli import service_commands

    return service_commands.beats(args, shared.settings(args))


def feedback(args: argparse.Namespace) -> int:
    from bot.cli import feedback_command

    return feedback_command.run(args, shared.settings(args))


def _monitor(args: argparse.Namespace, interface: str) -> Monitor:
    """The log is begun, and what happens is counted where the settings say."""
    import sys

    from bot.monitoring import logs, tracing
    from bot.monitoring.monitor import Monitor
    from bot.settings.monitoring import load_monitoring

    settings = load_monitoring(shared.config(args))
    logs.start(sys.stderr, args.log_format, verbose=args.verbose)
    tracing.start()
    return Monitor(interface, settings)
