"""FEEL 1.5, the Friendly Enough Expression Language: parser, values, functions, evaluation."""
