"""The Blue Badge services of the Department for Transport, as an authority's system calls them."""
