"""What is counted about calls to outside systems, for Prometheus."""

from prometheus_client import Counter, Histogram

CALLS = Counter(
    "standpipe_outbound_calls",
    "Calls to outside systems, with all their attempts",
    ["connector", "route", "outcome"],
)
ATTEMPTS = Counter(
    "standpipe_outbound_attempts", "Requests sent to outside systems", ["connector", "route"]
)
SECONDS = Histogram(
    "standpipe_outbound_seconds",
    "How long calls to outside systems took, with all their attempts",
    ["connector", "route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
