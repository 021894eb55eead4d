# What there is to do: `uv run just --list`

# Lint, format, types (also those of the islands) and the directions between rooms
check:
    uv run ruff check .
    uv run ruff format --check .
    uv run mypy
    uv run lint-imports
    uv run python -m web check

# Build the islands of the pages, if they have changed
web:
    uv run python -m web build

# Put right what can be put right by machine
fix:
    uv run ruff check --fix .
    uv run ruff format .

# The tests; more arguments go to pytest
test *arguments:
    uv run pytest {{arguments}}

# Generate the term constants from the model
terms:
    uv run python -m ontology.generate

# Read, build and serve the samples
demo:
    uv run guanlian demo

# Record anew what every document of the corpus and the samples yields (tests/data/baseline.csv)
baseline:
    uv run python -m tests.data_gate

# Write the examples of the OpenAPI document anew from the samples (server/openapi/examples.json)
examples:
    uv run python -m tests.openapi_examples

# Measures of speed and memory, each as a ratio against a peer
bench:
    uv run python -m benchmarks.reading
    uv run python -m benchmarks.documents
    uv run python -m benchmarks.queries
    uv run python -m benchmarks.networks
    uv run python -m benchmarks.pages
    uv run python -m benchmarks.validation

# The endpoint beside its peers, which are installed; arguments as `python -m benchmarks.serve --help` says
bench-serve *arguments:
    uv run python -m benchmarks.serve {{arguments}}

# Bytes over the wire and largest contentful paint of every page; arguments as `python -m benchmarks.page_loads --help` says
bench-pages *arguments:
    uv run python -m benchmarks.page_loads {{arguments}}

# Pictures of every page in both languages, light and dark, telephone and desktop: just screenshots --out DIR
screenshots *arguments:
    uv run python -m benchmarks.screenshots {{arguments}}

# Draw facts at random and show them on their pages, for a person to check
draw *arguments:
    uv run python -m benchmarks.draw {{arguments}}

# Renew the pins of the whole resolution in pyproject.toml; a release must be a week old to be taken
lock:
    #!/usr/bin/env python3
    import pathlib, re, subprocess
    project = pathlib.Path("pyproject.toml")
    block = re.compile(r'\n# Every resolved version.*?\nconstraint-dependencies = \[.*?\n\]\n', re.DOTALL)
    text = block.sub("\n", project.read_text("utf-8"))
    project.write_text(text, "utf-8")
    subprocess.run(["uv", "lock", "--upgrade", "--exclude-newer", "7 days"], check=True)
    export = ["uv", "export", "--frozen", "--all-groups", "--no-hashes", "--no-emit-project",
              "--no-header", "--no-annotate", "--format", "requirements.txt"]
    pins = subprocess.run(export, check=True, capture_output=True, text=True).stdout.splitlines()
    rows = "".join(f'  "{pin}",\n' for pin in pins if pin)
    pinned = "\n# Every resolved version, renewed by `just lock`; uv.lock is not kept, it names registry hosts.\n"
    pinned += f"constraint-dependencies = [\n{rows}]\n"
    project.write_text(text.replace("[tool.uv]\n", "[tool.uv]" + pinned, 1), "utf-8")
