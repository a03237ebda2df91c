import { describe, expect, it } from 'vitest';
import { trainingRuns } from '../../src/claims/muon/parts/training.ts';
import { digits } from '../../src/instances/digits.ts';
import { fromRows, type Matrix } from '../../src/kernels/matrix/matrix.ts';
import { portableExp, portableTanh } from '../../src/kernels/portable-exp.ts';
import { lossAndGradient, type TwoLayers } from '../../src/problems/two-layer-network.ts';

const entry = (A: Matrix, at: number, delta: number): Matrix => ({
  ...A,
  data: A.data.map((x, i) => (i === at ? x + delta : x)),
});

describe('portable exponentials', () => {
  it('agree with Math to their bound', () => {
    for (let k = -640; k <= 640; k += 1) {
      const x = k / 10;
      expect(Math.abs(portableExp(x) / Math.exp(x) - 1)).toBeLessThan(128 * 2 ** -53);
      expect(Math.abs(portableTanh(x) - Math.tanh(x))).toBeLessThan(64 * 2 ** -53);
    }
    expect(portableExp(-1000)).toBe(0);
    expect(portableTanh(-0.5)).toBe(-portableTanh(0.5));
  });
});

describe('the network', () => {
  it('has the gradient that central differences show, to their error h²', () => {
    const network: TwoLayers = {
      hidden: fromRows([
        [0.5, -0.25, 1],
        [0.75, 0.5, -0.5],
      ]),
      output: fromRows([
        [1, -1],
        [0.5, 0.25],
        [-0.75, 0.5],
      ]),
    };
    const batch = {
      inputs: fromRows([
        [1, 0.5],
        [-0.5, 0.25],
        [0.25, 1],
      ]),
      labels: [2, 0],
    };
    const { gradient } = lossAndGradient(network, batch);
    // truncation h² f'''/6 and rounding u/h, both below 1e-9 at h = 2^-17 for entries and derivatives near 1
    const [h, allowed] = [2 ** -17, 2 ** -29];
    for (const layer of ['hidden', 'output'] as const) {
      for (const at of network[layer].data.keys()) {
        const loss = (delta: number): number =>
          lossAndGradient({ ...network, [layer]: entry(network[layer], at, delta) }, batch).loss;
        const difference = (loss(h) - loss(-h)) / (2 * h);
        expect(Math.abs((gradient[layer].data[at] ?? Number.NaN) - difference)).toBeLessThan(allowed);
      }
    }
  });

  it('reads all digits', () => {
    const all = digits();
    expect(all).toHaveLength(1797);
    expect(new Set(all.map(({ label }) => label)).size).toBe(10);
    expect(Math.max(...all.flatMap(({ pixels }) => [...pixels]))).toBe(1);
  });

  it('is trained by every method, and Muon moves its directions most evenly', () => {
    const runs = trainingRuns();
    for (const { method, losses, testAccuracy } of runs) {
      expect(losses.at(-1), method).toBeLessThan((losses[0] ?? 0) / 5);
      expect(testAccuracy, method).toBeGreaterThan(0.85);
    }
    const smallest = new Map(runs.map(({ method, spectrum }) => [method, spectrum.at(-1) ?? 0]));
    const others = ['AdamW', 'Shampoo', 'ASGO'].map((method) => smallest.get(method) ?? 1);
    expect(smallest.get('Muon')).toBeGreaterThan(Math.max(...others));
  });
});
