import fc from 'fast-check';
import type { AnyClaim, Claim, Family } from '../claim/claim.ts';
import type { Verdict } from '../claim/judge.ts';
import { examineExactly } from './controls.ts';
import { brokenAssumption } from './examine.ts';
import { type Leaf, numberLeaves, withNumbers } from './number-leaves.ts';
import { anyStride, type Move, moved, randomMove, realGroups, twiceAsFar } from './number-moves.ts';
import { randomFrom } from './random.ts';
import { derivedSeed } from './seed.ts';
import { NotCounted } from './subject.ts';

export interface TightenOptions {
  readonly budgetMilliseconds: number;
  readonly seed: number;
  /** Ends the search earlier, after so many instances were judged: the search is then the same everywhere. */
  readonly evaluations?: number;
  /** Told of every record. */
  onRecord?(ratio: number): void;
}

/** The tightest instance found: a record to keep. */
export interface Tightened {
  readonly id: string;
  /** The guaranteed ratio (lower end); null where no instance has one. */
  readonly ratio: number | null;
  /** The best ratio among the instances that were drawn, before climbing. */
  readonly sampled: number | null;
  readonly supremum: number | 'unknown';
  /** `violated`: the search has refuted the claim. */
  readonly verdict: Verdict | null;
  /** Where the climb began. */
  readonly family: string | null;
  readonly instance: unknown;
  readonly evaluations: number;
}

interface Point<I> {
  readonly instance: I;
  readonly ratio: number;
  readonly verdict: Verdict;
  readonly family: string;
}

/** A point and the move that has just improved it. */
interface Climber<I> {
  point: Point<I>;
  lucky: Move | undefined;
  /** The relative size of its moves: grows where they improve it, shrinks where they do not. */
  stride: number;
}

const CLIMBERS = 6;
const DRAWN_A_ROUND = 8;
const MOVES_A_ROUND = 24;
/** Candidates outside the assumptions are cheap; this many for one that is judged, and the search has nowhere to go. */
const TRIES_AN_EVALUATION = 200;
/** Ctrl-C is heard this often. */
const BREATH_MILLISECONDS = 50;

/** Ends the search from within: the budget is spent, or there is nothing more to find. */
class Ended extends Error {}

class Search<I> {
  readonly #claim: Claim<I, unknown>;
  readonly #options: TightenOptions;
  readonly #started = performance.now();
  readonly #random;
  readonly #real = new Set<string>();
  readonly #climbers: Climber<I>[] = [];
  #breath = this.#started;
  #tries = 0;
  evaluations = 0;
  best: Point<I> | undefined;
  sampled: number | undefined;

  constructor(claim: Claim<I, unknown>, options: TightenOptions) {
    this.#claim = claim;
    this.#options = options;
    this.#random = randomFrom(derivedSeed(options.seed, claim.id, 'tighten'));
  }

  /** Rounds of drawing and climbing in a fixed order, so that the budget only decides how far along it comes. */
  async run(): Promise<void> {
    try {
      for (let round = 0; ; round += 1) {
        for (const instance of this.#draw(round)) await this.#start(instance, this.#familyOf(round).id);
        for (let move = 0; move < MOVES_A_ROUND; move += 1) await this.#climb();
      }
    } catch (error) {
      if (!(error instanceof Ended)) throw error;
    }
  }

  #familyOf(round: number): Family<I> {
    return this.#claim.families[round % this.#claim.families.length] ?? this.#claim.families[0];
  }

  #draw(round: number): readonly I[] {
    const family = this.#familyOf(round);
    if ('instances' in family) {
      const from = Math.floor(round / this.#claim.families.length) * DRAWN_A_ROUND;
      return family.instances.slice(from, from + DRAWN_A_ROUND);
    }
    const seed = derivedSeed(this.#options.seed, this.#claim.id, family.id, `${round}`);
    return fc.sample(family.arbitrary, { numRuns: DRAWN_A_ROUND, seed });
  }

  /** Judges one candidate; undefined where it is outside the assumptions, is not counted or has no ratio. */
  async #judge(instance: I, family: string): Promise<Point<I> | undefined> {
    await this.#breathe();
    if (brokenAssumption(this.#claim, instance) !== undefined) return undefined;
    this.evaluations += 1;
    const { ratio, verdict } = examineExactly(this.#claim, instance);
    const point = { instance, ratio: ratio?.lo ?? Number.NaN, verdict, family };
    if (verdict === 'violated') {
      this.best = point;
      throw new Ended();
    }
    return Number.isFinite(point.ratio) ? point : undefined;
  }

  async #breathe(): Promise<void> {
    const { budgetMilliseconds, evaluations = Number.POSITIVE_INFINITY } = this.#options;
    const now = performance.now();
    this.#tries += 1;
    const isSpent = now - this.#started >= budgetMilliseconds || this.evaluations >= evaluations;
    // at least one instance is judged, however small the budget
    if (this.evaluations > 0 && isSpent) throw new Ended();
    if (this.#tries > TRIES_AN_EVALUATION * (this.evaluations + DRAWN_A_ROUND)) throw new Ended();
    if (now - this.#breath < BREATH_MILLISECONDS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#breath = performance.now();
  }

  #record(point: Point<I>): void {
    if (this.best !== undefined && point.ratio <= this.best.ratio) return;
    this.best = point;
    this.#options.onRecord?.(point.ratio);
    const { supremum } = this.#claim.tightness;
    if (supremum !== 'unknown' && point.ratio >= supremum) throw new Ended();
  }

  async #start(instance: I, family: string): Promise<void> {
    realGroups(numberLeaves(instance), this.#real);
    let point: Point<I> | undefined;
    try {
      point = await this.#judge(instance, family);
    } catch (error) {
      if (error instanceof NotCounted) return;
      throw error;
    }
    if (point === undefined) return;
    this.sampled = Math.max(this.sampled ?? Number.NEGATIVE_INFINITY, point.ratio);
    this.#climbers.push({ point, lucky: undefined, stride: 1 / 4 });
    this.#climbers.sort((a, b) => b.point.ratio - a.point.ratio);
    this.#climbers.splice(CLIMBERS);
    this.#record(point);
  }

  /** One move of one climber, the best one every other time. */
  async #climb(): Promise<void> {
    const [first, ...others] = this.#climbers;
    if (first === undefined) return this.#breathe();
    const climber = this.#random.uniform() < 0.5 ? first : this.#random.pick([first, ...others]);
    const { instance, family } = climber.point;
    const leaves = numberLeaves(instance);
    if (leaves.length === 0) return this.#breathe();
    const isReal = ({ group }: Leaf): boolean => this.#real.has(group);
    const size = this.#random.uniform() < 0.5 ? climber.stride : anyStride(this.#random);
    const move = climber.lucky ?? randomMove(leaves, { isReal, size, random: this.#random });
    climber.lucky = undefined;
    const changes = moved(leaves, move);
    if (changes === undefined) return this.#breathe();
    const candidate = withNumbers(instance, changes);
    // a change below the resolution of fractions is none
    if (numberLeaves(candidate).every(({ value }, at) => value === leaves[at]?.value)) return this.#breathe();
    const point = await this.#judgeMoved(candidate, family);
    const improves = point !== undefined && point.ratio > climber.point.ratio;
    climber.stride = Math.min(8, Math.max(2 ** -40, climber.stride * (improves ? 2 : 0.9)));
    if (point === undefined || point.ratio < climber.point.ratio) return;
    if (improves) climber.lucky = twiceAsFar(move);
    climber.point = point;
    this.#climbers.sort((a, b) => b.point.ratio - a.point.ratio);
    this.#record(point);
  }

  /** A moved instance may leave what the claim can compute with, where its assumptions do not say so. */
  async #judgeMoved(instance: I, family: string): Promise<Point<I> | undefined> {
    try {
      return await this.#judge(instance, family);
    } catch (error) {
      if (error instanceof NotCounted || error instanceof RangeError || error instanceof TypeError) return undefined;
      throw error;
    }
  }
}

/**
 * Searches for an instance with a higher ratio: draws from the families, then climbs over the numbers of the best
 * instances inside the assumptions. What it finds is a lower bound on the supremum, never more.
 */
export async function tightenClaim(claim: AnyClaim, options: TightenOptions): Promise<Tightened> {
  const search = new Search(claim as unknown as Claim<unknown, unknown>, options);
  await search.run();
  const { best, sampled, evaluations } = search;
  return {
    id: claim.id,
    ratio: best !== undefined && Number.isFinite(best.ratio) ? best.ratio : null,
    sampled: sampled ?? null,
    supremum: claim.tightness.supremum,
    verdict: best?.verdict ?? null,
    family: best?.family ?? null,
    instance: best?.instance ?? null,
    evaluations,
  };
}
