const SAFE = BigInt(Number.MAX_SAFE_INTEGER);
/** Leading bits that a Lehmer round looks at: sums of two such numbers and their quotients stay exact in a double. */
const LEADING_BITS = 50;

export const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);

const lowestBit = (n: bigint): bigint => n & -n;

const isPowerOfTwo = (n: bigint): boolean => (n & (n - 1n)) === 0n;

/** The number of binary digits of |n| (0 for 0). */
export function bitLength(n: bigint): number {
  const positive = magnitude(n);
  if (positive === 0n) return 0;
  const hex = positive.toString(16);
  // four bits a digit, less the leading zeros of the first one (clz32 counts 28 more)
  return 4 * hex.length + 28 - Math.clz32(Number.parseInt(hex.charAt(0), 16));
}

/**
 * The greatest common divisor of |a| and |b|; gcd(0, 0) = 0.
 *
 * Euclid's algorithm in doubles once both fit, Lehmer's above (Knuth, TAOCP 2, 4.5.2, algorithm L): the leading bits
 * of both decide many quotients at once, which are then applied to the long numbers in one linear combination.
 */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [magnitude(a), magnitude(b)];
  if (x < y) [x, y] = [y, x];
  if (y > SAFE) {
    // a power of two, the denominator of every dyadic, shares no more than the lowest set bit
    if (isPowerOfTwo(x) || isPowerOfTwo(y)) return lowestBit(x | y);
    do [x, y] = lehmerRound(x, y);
    while (y > SAFE);
  }
  if (y === 0n) return x;
  let [u, v] = [Number(y), Number(x % y)];
  while (v !== 0) [u, v] = [v, u % v];
  return BigInt(u);
}

/** Two later remainders of Euclid's algorithm on x >= y > 0: first >= second >= 0, second < y. */
function lehmerRound(x: bigint, y: bigint): [bigint, bigint] {
  const shift = BigInt(bitLength(x) - LEADING_BITS);
  let [u, v] = [Number(x >> shift), Number(y >> shift)];
  let [a, b, c, d] = [1, 0, 0, 1];
  // the quotients of the truncated pair, as long as every pair with these leading bits has the same; c and d differ, so
  // that at most one of the two is a division by 0, an infinity that equals no other quotient
  for (;;) {
    const quotient = Math.floor((u + a) / (v + c));
    if (quotient !== Math.floor((u + b) / (v + d))) break;
    [a, b, c, d] = [c, d, a - quotient * c, b - quotient * d];
    [u, v] = [v, u - quotient * v];
  }
  return b === 0 ? [y, x % y] : [BigInt(a) * x + BigInt(b) * y, BigInt(c) * x + BigInt(d) * y];
}

/** floor(n / d) for d > 0. */
export function floorDivide(n: bigint, d: bigint): bigint {
  const quotient = n / d;
  return n < 0n && quotient * d !== n ? quotient - 1n : quotient;
}

/**
 * floor(n^(1/degree)) for n >= 0 and an integer degree >= 1, by Newton's iteration from above.
 * @throws RangeError outside this domain.
 */
export function integerRoot(n: bigint, degree: number): bigint {
  if (n < 0n) throw new RangeError(`integerRoot: n >= 0, got ${n}`);
  if (!Number.isInteger(degree) || degree < 1) throw new RangeError(`integerRoot: degree >= 1, got ${degree}`);
  if (n < 2n || degree === 1) return n;
  const k = BigInt(degree);
  // 2^ceil(bits/k) >= n^(1/k), and from above the iteration falls until it reaches the floor
  let x = 1n << BigInt(Math.ceil(bitLength(n) / degree));
  for (;;) {
    const y = ((k - 1n) * x + n / x ** (k - 1n)) / k;
    if (y >= x) return x;
    x = y;
  }
}

/** floor(sqrt(n)) for n >= 0. @throws RangeError below 0. */
export function integerSquareRoot(n: bigint): bigint {
  if (n < 0n) throw new RangeError(`integerSquareRoot: n >= 0, got ${n}`);
  return integerRoot(n, 2);
}

/** 2^bits. @throws RangeError, in the caller's name, where bits is no integer >= 0. */
export function powerOfTwo(bits: number, caller: string): bigint {
  if (!Number.isInteger(bits) || bits < 0) throw new RangeError(`${caller}: an integer bits >= 0, got ${bits}`);
  return 1n << BigInt(bits);
}
