"""Where spans are sent to: what the variables of OpenTelemetry say (OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME …).

Needs the extra dragoman[telemetry]. A program that has set up a provider of its own (opentelemetry-instrument) keeps it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from index.errors import SettingsError

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")


def start(environ: Mapping[str, str] | None = None) -> bool:
    """Send spans from now on; whether any are sent. SettingsError where the environment wants it and it is not installed."""
    environ = os.environ if environ is None else environ
    if not any(environ.get(name) for name in ENDPOINTS) or environ.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(
            f"{ENDPOINTS[1]} is set, and {error.name} is not installed: pip install '.[telemetry]' in Dragoman's folder"
        ) from None
    if not isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return True
    resource = Resource.create() if environ.get("OTEL_SERVICE_NAME") else Resource.create({SERVICE_NAME: "dragoman"})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return True
