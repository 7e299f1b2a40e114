"""Pages of staff who help somebody with an application: on the phone, at a counter, beside them."""
