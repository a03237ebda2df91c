import type { Role } from '../../claim/claim.ts';

/** Okabe and Ito's colours, which stay apart for the colour-blind. */
export const COLOURS: Readonly<Record<Role, string>> = {
  generic: '#0072B2',
  degenerate: '#7F7F7F',
  adversarial: '#E69F00',
  extremal: '#009E73',
};
export const WORST = '#D55E00';
export const INK = '#333333';
export const PALE_INK = '#666666';

/** White, whatever the reader's theme. */
export const STYLE = {
  padding: 12,
  background: '#ffffff',
  config: {
    font: 'Helvetica, Arial, sans-serif',
    view: { stroke: null },
    title: { anchor: 'start', frame: 'group', fontSize: 15, subtitleFontSize: 11, color: INK, subtitleColor: PALE_INK },
    axis: {
      gridColor: '#eeeeee',
      domainColor: '#999999',
      tickColor: '#999999',
      labelColor: INK,
      titleColor: INK,
      titleFontWeight: 'normal',
      titlePadding: 8,
    },
  },
} as const;
