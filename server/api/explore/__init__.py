"""The network of things, explored step by step."""
