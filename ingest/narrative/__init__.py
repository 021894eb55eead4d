"""The narrative: sections, clauses, the templates that read them, and the fold that makes facts."""
