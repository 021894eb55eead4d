"""The servers that are compared: how each is given the release, started and stopped."""
