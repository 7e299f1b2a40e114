"""The same acts for machines: OpenAPI, OAuth 2.0, idempotency keys."""
