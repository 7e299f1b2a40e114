"""Decision tables in the bulk dialect: typed cells, one meaning, several back-ends."""
