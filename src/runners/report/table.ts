/** A GitHub table. Bars in cells are escaped, line breaks made spaces, so that every row has the header's cells. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly ('left' | 'right')[] = [],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  for (const row of rows) {
    if (row.length !== header.length) throw new RangeError(`table: ${header.length} cells, got ${row.length}`);
  }
  const rule = header.map((_, index) => (align[index] === 'right' ? '---:' : '---'));
  return [line(header), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Every bar that is not escaped already ends a cell, even inside code. */
const cell = (text: string): string =>
  text.replace(/\s*\n\s*/g, ' ').replace(/\\.|\|/g, (s) => (s === '|' ? '\\|' : s));

/** Code that may hold backticks. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}

/** A part that opens on a click. */
export const details = (summary: string, body: string): string =>
  `<details>\n<summary>${summary}</summary>\n\n${body.trim()}\n\n</details>`;
