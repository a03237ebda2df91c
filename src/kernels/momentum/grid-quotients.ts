/** floor(k / b) and ceil(k / b) for k = 0..points, both clamped to points. */
export interface GridQuotients {
  readonly floor: Int32Array;
  readonly ceiling: Int32Array;
}

const SPLITTER = 2 ** 27 + 1;

/**
 * The exact integer parts of k / b on a grid, b meant as the exact value of its double.
 *
 * Rounding is monotone and integers below 2^53 are doubles, so an integer strictly between k/b and fl(k/b) cannot
 * exist: where q = fl(k/b) is no integer, floor(q) < k/b < floor(q) + 1. Where q is an integer, k/b lies in (q - 1, q + 1)
 * and the sign of k - q b decides on which side. With b = high + low, 26 bits each (Veltkamp), and q < 2^26, q high and
 * q low are exact; k - q high is exact (both are within a factor of 2, Sterbenz), and a rounded difference has the right sign.
 * @throws RangeError unless 0 < momentum < 1 and 1 <= points <= 2^26, an integer.
 */
export function gridQuotients(points: number, momentum: number): GridQuotients {
  if (!(momentum > 0 && momentum < 1)) throw new RangeError(`gridQuotients: 0 < momentum < 1, got ${momentum}`);
  if (!Number.isInteger(points) || points < 1 || points > 2 ** 26) {
    throw new RangeError(`gridQuotients: an integer 1 <= points <= 2^26, got ${points}`);
  }
  const wide = SPLITTER * momentum;
  const high = wide - (wide - momentum);
  const low = momentum - high;
  const floor = new Int32Array(points + 1);
  const ceiling = new Int32Array(points + 1).fill(points);
  floor.fill(points);
  floor[0] = 0;
  ceiling[0] = 0;
  for (let k = 1; k <= points; k += 1) {
    const quotient = k / momentum;
    if (quotient > points) break;
    const whole = Math.floor(quotient);
    if (whole < quotient) {
      floor[k] = whole;
      ceiling[k] = Math.min(points, whole + 1);
    } else {
      const side = k - whole * high - whole * low;
      floor[k] = side < 0 ? whole - 1 : whole;
      ceiling[k] = side > 0 ? Math.min(points, whole + 1) : whole;
    }
  }
  return { floor, ceiling };
}
