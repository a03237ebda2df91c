import type { Figure } from '../../../claim/figure.ts';
import { endings, shares } from './bfloat16-share.ts';

function bfloat16(): Figure {
  return {
    id: 'bfloat16-share',
    title: 'How much of Muon’s error is bfloat16',
    caption:
      'Where a singular value ends after five steps, in double precision and in bfloat16 (emulated bit by bit, products accumulated in single ' +
      'precision and rounded once). The table takes whole matrices, normalised by $\\|G\\|_F + 10^{-7}$: the distance of the exact result from ' +
      '$\\mathrm{polar}(G)$, which is the map’s own; that of the bfloat16 result from the exact one; and of both together, in the spectral norm. Far below ' +
      '$10^{-7}$ nothing is left of the gradient in any arithmetic.',
    drawing: {
      vegaLite: {
        width: 560,
        height: 280,
        background: 'white',
        data: { values: endings() },
        mark: { type: 'line', strokeWidth: 1.2 },
        encoding: {
          x: {
            field: 'start',
            type: 'quantitative',
            title: 'singular value of the normalised matrix',
            scale: { type: 'log' },
          },
          y: { field: 'end', type: 'quantitative', title: 'after five steps' },
          color: {
            field: 'arithmetic',
            type: 'nominal',
            title: null,
            sort: null,
            scale: { domain: ['double', 'bfloat16'], range: ['#0072B2', '#D55E00'] },
          },
        },
      },
    },
    table: {
      header: [
        'matrix',
        '$\\|X - \\mathrm{polar}(G)\\|$',
        '$\\|X_{bf16} - X\\|$',
        '$\\|X_{bf16} - \\mathrm{polar}(G)\\|$',
        '$\\|X_{single} - X\\|$',
      ],
      rows: shares().map(({ name, map, rounding, together, single }) => [name, map, rounding, together, single]),
    },
  };
}

export const figures: readonly Figure[] = [bfloat16()];
