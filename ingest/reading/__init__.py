"""Reading: the bytes of a published file become one `Document`."""
