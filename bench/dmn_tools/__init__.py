"""Programs by which other DMN tools read our tables; each runs where its tool is."""
