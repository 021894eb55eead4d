"""`/docs`: the OpenAPI document as pages, which need no JavaScript and nothing from another host."""
