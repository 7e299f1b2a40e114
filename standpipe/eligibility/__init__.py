"""Answers in; decision, reasons and what is still to ask out."""
