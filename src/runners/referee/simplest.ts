import { simplicityOf } from './simplicity.ts';
import type { Trial } from './trial.ts';

/** Trials of which only the simplest are kept. */
export interface Simplest {
  add(trial: Trial): void;
  /** Those that are kept, the simplest first. */
  kept(): readonly Trial[];
}

/** Keeps so many of the trials that are added. */
export function simplestOf(most: number): Simplest {
  let items: readonly { readonly trial: Trial; readonly simplicity: number }[] = [];
  return {
    add: (trial) => {
      const simplicity = simplicityOf(trial.input);
      const before = items.filter((item) => item.simplicity <= simplicity);
      items = [...before, { trial, simplicity }, ...items.slice(before.length)].slice(0, most);
    },
    kept: () => items.map(({ trial }) => trial),
  };
}
