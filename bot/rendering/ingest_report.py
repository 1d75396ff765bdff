"""What an ingestion changed, in one line."""

from __future__ import annotations

from index.records import AddReport

STAYS = "What was deleted stays deleted under its id; to have it back, give it another (the id of its row, its file's name)."


def summary(report: AddReport) -> str:
    """One line: what changed in the library."""
    failed = f"{len(report.failed) + report.failed_more:,} failed"
    if report.queued:
        return f"{report.queued:,} put in line, {failed}"
    counts = [
        f"{report.new:,} new",
        f"{report.changed:,} changed",
        f"{report.same:,} same",
        f"{report.deleted:,} deleted before" if report.deleted else "",
        failed,
    ]
    text = ", ".join(count for count in counts if count)
    if report.new or report.changed:
        return f"{text} ({report.passages:,} passage{'' if report.passages == 1 else 's'} written)"
    if report.deleted:
        return f"{text}: nothing changed. {STAYS}"
    return f"{text}: nothing {'changed' if report.same else 'was read'}"
