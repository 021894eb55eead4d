"""Evaluation: facts as read against gold facts, family by family.

Both sides are JSON objects of the public facts format. Gold may leave out whatever a person did not
write down (offsets, boxes, mentions), so it is compared as JSON, not as `DocumentFacts`.
"""
