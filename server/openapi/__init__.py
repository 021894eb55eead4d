"""The OpenAPI document: what the framework knows of the routes, and what it does not."""
