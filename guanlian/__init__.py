"""Guanlian 官联: disclosures of Chinese government offices as a linked, auditable knowledge graph."""
