"""Linked data: descriptions of things, of the data set, of the service; forms, pages and dumps."""
