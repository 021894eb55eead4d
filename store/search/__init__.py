"""Text search over a release: an SQLite FTS5 index of overlapping pairs of Chinese characters.

The tokenizers that SQLite brings miss words of two characters, which most Chinese words are: `unicode61`
takes a whole run of characters for one word, `trigram` finds nothing shorter than three. So a text is
cut here, and what FTS5 sees are tokens with blanks between them.
"""
