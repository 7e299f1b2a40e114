"""How services do, for managers and owners; and the one question that people are asked."""
