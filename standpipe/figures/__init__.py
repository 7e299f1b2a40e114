"""How a service does, counted: for managers and owners, as figures that tell of nobody."""
