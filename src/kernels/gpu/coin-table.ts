/** A float32 holds integers below 2^24 exactly, hence 24 coins. */
export const COINS_PER_WORD = 24;

/**
 * Which component each lane draws at each step: one bit a draw, 24 to a float32, row w of `words` for the steps from 24 w on
 * (the lowest bit first), one column a lane.
 */
export interface CoinTable {
  readonly steps: number;
  readonly lanes: number;
  readonly words: Float32Array;
}

/** Packs the draws `heavy(step, lane)`: true for the rare component with the large gradient. @throws RangeError unless both sizes are integers >= 0. */
export function packCoins(steps: number, lanes: number, heavy: (step: number, lane: number) => boolean): CoinTable {
  if (!(Number.isInteger(steps) && Number.isInteger(lanes) && steps >= 0 && lanes >= 0)) {
    throw new RangeError(`packCoins: steps and lanes integers >= 0, got ${steps}, ${lanes}`);
  }
  const words = new Float32Array(Math.ceil(steps / COINS_PER_WORD) * lanes);
  for (let step = 0; step < steps; step++) {
    const [row, bit] = [Math.floor(step / COINS_PER_WORD), 2 ** (step % COINS_PER_WORD)];
    for (let lane = 0; lane < lanes; lane++) {
      if (heavy(step, lane)) words[row * lanes + lane] = (words[row * lanes + lane] ?? 0) + bit;
    }
  }
  return { steps, lanes, words };
}

/** The draw of one lane at one step. */
export function coinAt({ lanes, words }: CoinTable, step: number, lane: number): boolean {
  const word = words[Math.floor(step / COINS_PER_WORD) * lanes + lane] ?? 0;
  return Math.floor(word / 2 ** (step % COINS_PER_WORD)) % 2 === 1;
}
