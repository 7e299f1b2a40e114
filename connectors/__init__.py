"""Outside systems, one folder each; deleting a folder removes the connector."""
