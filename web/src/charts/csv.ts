// A table as CSV (RFC 4180), as it is shown: what a figure is read from can be taken along.

/** The text of the cells, values as full numbers. */
export function tableAsCsv(table: HTMLTableElement): string {
  return [...table.rows].map((row) => [...row.cells].map(fieldOf).join(",") + "\r\n").join("");
}

function fieldOf(cell: HTMLTableCellElement): string {
  const text = cell.dataset["value"] ?? (cell.textContent ?? "").replace(/\s+/g, " ").trim();
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
