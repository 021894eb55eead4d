"""What is asked of a graph: the library of named queries, comparisons of offices, their network."""
