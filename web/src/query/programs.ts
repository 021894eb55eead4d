// A query as programs ask it: text to be copied.

/** What a query is copied as. */
export type Program = "link" | "curl" | "python-pandas" | "python-rdflib" | "r";

export const PROGRAMS: Record<Program, string> = {
  link: "",
  curl: "curl",
  "python-pandas": "Python (requests, pandas)",
  "python-rdflib": "Python (rdflib)",
  r: "R (httr2)",
};

/** A query and where it is asked; `isGraph`: its answer is triples. */
export interface Asked {
  endpoint: string;
  page: string;
  query: string;
  isGraph: boolean;
}

/** The text of a program that asks a query. */
export function programText(program: Program, asked: Asked): string {
  return WRITERS[program]({ ...asked, query: asked.query.trimEnd() });
}

const WRITERS: Record<Program, (asked: Asked) => string> = { link, curl, "python-pandas": pandas, "python-rdflib": rdflib, r };

function link({ page, query }: Asked): string {
  return `${page}?query=${encodeURIComponent(query)}`;
}

function curl({ endpoint, query, isGraph }: Asked): string {
  const end = endMark(query);
  return `curl --silent --show-error --fail-with-body '${endpoint}' \\
  --header 'Accept: ${accepted(isGraph)}' \\
  --data-urlencode query@- <<'${end}'
${query}
${end}
`;
}

/** A mark that is no line of the query. */
function endMark(query: string): string {
  let mark = "SPARQL";
  while (query.split("\n").includes(mark)) mark += "_";
  return mark;
}

function pandas({ endpoint, query, isGraph }: Asked): string {
  const reads = isGraph
    ? `print(response.text)`
    : `table = pandas.read_csv(io.StringIO(response.text))
print(table)`;
  return `${isGraph ? "" : "import io\n\nimport pandas\n"}import requests

QUERY = ${pythonText(query)}

response = requests.post(
    "${endpoint}",
    data={"query": QUERY},
    headers={"Accept": "${accepted(isGraph)}"},
    timeout=60,
)
response.raise_for_status()
response.encoding = "utf-8"
${reads}
`;
}

function rdflib({ endpoint, query, isGraph }: Asked): string {
  const reads = isGraph ? `print(result.graph.serialize(format="turtle"))` : `for row in result:\n    print(*row, sep="\\t")`;
  return `from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore

QUERY = ${pythonText(query)}

graph = Graph(store=SPARQLStore("${endpoint}", method="POST"))
result = graph.query(QUERY)
${reads}
`;
}

/** A text as Python writes it. */
function pythonText(text: string): string {
  return `"""\\\n${text.replaceAll("\\", "\\\\").replaceAll('"""', '\\"\\"\\"')}\n"""`;
}

function r({ endpoint, query, isGraph }: Asked): string {
  const dashes = longestDashes(query);
  const reads = isGraph ? `cat(resp_body_string(response))` : `table <- readr::read_csv(resp_body_string(response))\nprint(table)`;
  return `library(httr2)

query <- r"${dashes}(
${query}
)${dashes}"

response <- request("${endpoint}") |>
  req_body_form(query = query) |>
  req_headers(Accept = "${accepted(isGraph)}") |>
  req_perform()
${reads}
`;
}

/** The dashes that close a raw text of R, one more than stand behind a bracket in the query. */
function longestDashes(query: string): string {
  const found = [...query.matchAll(/\)(-*)"/g)].map((match) => (match[1] ?? "").length + 1);
  return "-".repeat(Math.max(0, ...found));
}

function accepted(isGraph: boolean): string {
  return isGraph ? "text/turtle" : "text/csv";
}
