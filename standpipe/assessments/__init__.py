"""Asking another organisation's expert: what was disclosed, appointments, findings, report."""
