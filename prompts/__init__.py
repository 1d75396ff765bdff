"""The prompts: text files with $variables, loaded by `bot.prompts`. A data package; nothing is defined here."""
