"""Who is acting, and for whom; and the transaction in which only that can be seen."""
