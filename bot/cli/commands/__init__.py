"""What each command does: arguments in, one call, the result printed; the exit code. `bot/cli/grammar.py` has their flags.

Results go to standard output, everything else (progress, notices, errors) to standard error. A command imports what it needs.
"""
