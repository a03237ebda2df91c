const NEWLINE = 10;
const BLANKS: ReadonlySet<number> = new Set(Buffer.from(' \t\r'));

/** Cuts what arrives in pieces into lines. */
export interface LineSplitter {
  /** The lines that this piece completes, without their ends; blank ones are left out. */
  add(chunk: Buffer): readonly Buffer[];
  /** What has come of the line that is not complete. */
  unfinished(): Buffer;
}

const isBlank = (line: Buffer): boolean => line.every((byte) => BLANKS.has(byte));

/** Pieces are joined once, when their line ends, so that a long line costs no more than its length. */
export function lineSplitter(): LineSplitter {
  let pieces: Buffer[] = [];
  return {
    add(chunk) {
      const lines: Buffer[] = [];
      let from = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
        const last = chunk.subarray(from, end);
        const line = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
        if (!isBlank(line)) lines.push(line);
        pieces = [];
        from = end + 1;
      }
      if (from < chunk.length) pieces.push(chunk.subarray(from));
      return lines;
    },
    unfinished: () => Buffer.concat(pieces),
  };
}
