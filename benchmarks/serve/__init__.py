"""The SPARQL endpoint beside its peers: requests a second, latencies, first byte and memory."""
