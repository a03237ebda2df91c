/** Columns of a table for a terminal: each as wide as its widest cell, two blanks between, the last one ragged. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Text broken at blanks so that no line is wider than `width`; a word that is wider stands alone. Blank lines part paragraphs. */
export function wrapped(text: string, width: number, indent = ''): string {
  const room = Math.max(20, width - indent.length);
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(/\s+/)) {
        if (line !== '' && line.length + 1 + word.length > room) {
          lines.push(line);
          line = word;
        } else line = line === '' ? word : `${line} ${word}`;
      }
      return [...lines, line].map((l) => `${indent}${l}`).join('\n');
    })
    .join('\n\n');
}
