"""Where a briefing is sent: a folder, a mail server, Slack."""
