/** Told after every piece of a long command; `part` is how much of the work is done, where that is known better than by the count. */
export type Progress = (done: number, total: number, part?: number) => void;

/** Words for a time to go. */
function left(seconds: number): string {
  if (seconds < 1) return 'less than 1 s left';
  return seconds < 90 ? `about ${Math.round(seconds)} s left` : `about ${Math.round(seconds / 60)} min left`;
}

export interface ProgressLine {
  readonly report: Progress;
  /** Takes the line away. */
  clear(): void;
}

/** A line that is rewritten in place on a terminal; silent in a pipe. */
export function progressLine(stream: NodeJS.WriteStream, what: string): ProgressLine {
  if (stream.isTTY !== true) return { report: () => undefined, clear: () => undefined };
  const started = performance.now();
  let shown = '';
  return {
    report(done, total, part = done / total) {
      const seconds = (performance.now() - started) / 1000;
      const time = part > 0 ? `, ${left((seconds / part) * (1 - part))}` : '';
      const line = `${done} of ${total} ${what}${time}`;
      if (line === shown) return;
      shown = line;
      stream.write(`\r\u001b[K${line}`);
    },
    clear: () => void stream.write('\r\u001b[K'),
  };
}
