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

const NARROWEST = 20;

/** Words in lines of at most `room` characters; a word that is longer stands alone. */
function linesOf(words: readonly string[], room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Text broken at blanks to lines of at most `width`; blank lines part paragraphs. The first line may hang out to the left. */
export function wrapped(
  text: string,
  { width, indent, hanging = '' }: { readonly width: number; readonly indent: string; readonly hanging?: string },
): string {
  const [first, rest] = [indent, indent + hanging];
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((paragraph) =>
      linesOf(paragraph.split(/\s+/), Math.max(NARROWEST, width - rest.length))
        .map((line, at) => `${at === 0 ? first : rest}${line}`)
        .join('\n'),
    )
    .join('\n\n');
}
