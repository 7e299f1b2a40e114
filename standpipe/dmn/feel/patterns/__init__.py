"""Regular expressions as XQuery and XPath write them, matched in time that cannot run away."""
