"""The prompts: text files with $variables, loaded by `bot.llm.prompts`. A data package; nothing is defined here."""
