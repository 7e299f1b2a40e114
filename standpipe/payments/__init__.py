"""Requests for payment, and what became of them."""
