/** The leading decimals of what the statement names; the certificate compares them with the computed enclosures. */
export const DIGITS = {
  top: '1.20236',
  bottom: '0.68183',
  bandTop: '1.13435',
  radius: '0.31816',
  inner: '0.86802',
  edge: '1.26372',
  s4: '0.0051843',
  s5: '0.0015051',
  thousandth: '0.47054',
} as const;

/** |1 - x| along the attracting 4-cycle, from the point that the orbit of 1 is near after a multiple of four steps. */
export const CYCLE_ERRORS = ['0.0469', '0.3180', '0.1342', '0.2470'] as const;
