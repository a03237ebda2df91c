import { type Enclosure, exactValue } from '../../claim/enclosure.ts';

/** A fraction longer than this is shown as a decimal. */
const LONGEST_FRACTION = 24;

/** Four significant digits: what engines that differ in the last bits of `Math.exp` agree on. */
export const fourDigits = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(4)));

/** Four significant digits as text; `1` is exactly one, `1.000` is one after rounding. */
export function fourDigitText(value: number): string {
  if (Number.isNaN(value)) return 'unknown';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e4) return `${value === 0 ? 0 : value}`.replace('-', '−');
  const magnitude = Math.abs(fourDigits(value));
  const text = magnitude >= 1e-3 && magnitude < 1e4 ? value.toPrecision(4) : value.toExponential(3);
  return text.replace('e+', 'e').replaceAll('-', '−');
}

/** The number that an enclosure is drawn at; NaN where nothing is known. */
export const middle = ({ lo, hi }: Enclosure): number => (lo === hi ? lo : lo / 2 + hi / 2);

/** A real number in a generated file: a short fraction where it is known exactly, else four digits. */
export function shownNumber(enclosure: Enclosure): number | string {
  const at = enclosure.at ?? exactValue(enclosure)?.toString();
  if (at?.includes('/') && at.length <= LONGEST_FRACTION && isShort(at)) return at;
  const value = middle(enclosure);
  return Number.isFinite(value) ? fourDigits(value) : fourDigitText(value);
}

/** A denominator above a thousand says less than a decimal. */
const isShort = (fraction: string): boolean => Number(fraction.split('/')[1]) <= 1000;

/** `shownNumber` for a reader. */
export function shownText(enclosure: Enclosure): string {
  const shown = shownNumber(enclosure);
  return typeof shown === 'string' && shown.includes('/') ? shown.replace('-', '−') : fourDigitText(middle(enclosure));
}
