"""Showing answers in the terminal."""
