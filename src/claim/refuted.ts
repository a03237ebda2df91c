/** The claim is false on this instance: the one failure that a run expects. */
export class Refuted extends Error {
  readonly instance: unknown;
  /** The id of the violated proof step, or undefined where the statement itself is violated. */
  readonly step: string | undefined;

  constructor(message: string, instance: unknown, step?: string) {
    super(message);
    this.name = 'Refuted';
    this.instance = instance;
    this.step = step;
  }
}
