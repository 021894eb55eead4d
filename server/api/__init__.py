"""What the pages tell, as typed JSON for programs."""
