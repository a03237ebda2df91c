/**
 * The 1-D example on which masked Adam diverges, with Huberised tails.
 *
 * n components; with the slope factor q(x) = 1 for x >= -1, x + 2 below, clipped to [-1, 1], the rare component has the
 * gradient n q(x) and each of the other n - 1 has -q(x). The mean gradient is q(x)/n: the mean objective is convex with
 * the unique minimiser -2 and slope 1/n on the linear part x >= -1. The clip at -1 keeps every gradient bounded.
 */
export const slopeFactor = (x: number): number => (x >= -1 ? 1 : Math.max(x + 2, -1));

export const MINIMISER = -2;

const mix = (x: number): number => {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/**
 * Whether step `step` of lane `lane` draws the rare component, probability 1/components: a counter-based draw (the
 * 32-bit finaliser of MurmurHash3 over seed, lane and step), so that every subject sees the same noise and lanes can be
 * computed in any order.
 */
export const drawsRare = (seed: number, components: number, step: number, lane: number): boolean =>
  mix(mix(mix(seed ^ 0x9e3779b9) + lane) + Math.imul(step, 0x9e3779b1)) < 2 ** 32 / components;
