"""The API against its own description: requests made from it, good and bad, get what it says they get."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.support.site import Site

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 6  # of each operation
OTHERWISE = ("/mcp", "/metrics", "/readyz")  # not described in JSON


def test_what_is_described_is_what_is_done(site: Site) -> None:
    described = schemathesis.openapi.from_url(f"{site.url}/openapi.json")
    tried = 0
    for result in described.get_all_operations():
        operation = result.ok()
        if operation.path.startswith(OTHERWISE):
            continue

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS)

        holds()
        tried += 1
    assert tried >= 12
