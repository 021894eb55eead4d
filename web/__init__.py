"""The islands of the pages: TypeScript in `src`, and the Python that builds it into `server/static/built`.

Not part of the package: the built files are.
"""
