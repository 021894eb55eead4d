"""Tables: the self-evaluation tables of projects, flattened to one cell a line."""
