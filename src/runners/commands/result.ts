/** What a command prints on stdout, and how it ends. */
export interface CommandResult {
  readonly text: string;
  readonly exit: 0 | 1;
}

/** A result for people, or one JSON document on one line. */
export type Format = 'people' | 'json';

/** What a command knows of the terminal. */
export interface Surroundings {
  /** Columns of the terminal that stdout is. */
  readonly width: number;
  readonly stdin: NodeJS.ReadStream;
  readonly stderr: NodeJS.WriteStream;
}
