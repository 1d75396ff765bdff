"""bot/cli/grammar.py: every command is written down once, and there is something that does it."""

from __future__ import annotations

from importlib import import_module

import pytest

from bot.cli.grammar import _commands


@pytest.mark.parametrize(("name", "module"), [(name, module) for name, module, *_ in _commands()])
def test_each_command_has_a_function(name: str, module: str) -> None:
    assert callable(getattr(import_module(f"bot.cli.commands.{module}"), name.replace("-", "_")))
