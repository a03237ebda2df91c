import type { Figure } from '../../claim/figure.ts';
import type { Dossier } from './dossier.ts';

/** The claims and figures of one folder of claims. */
export interface Paper {
  readonly folder: string;
  readonly title: string;
  readonly dossiers: readonly Dossier[];
  readonly figures: readonly Figure[];
}

/** The one paper whose statements a folder holds, else the folder's name in words. */
function titleOf(folder: string, dossiers: readonly Dossier[]): string {
  const printed = dossiers.filter(({ source }) => source.printed !== 'not-printed');
  const named = printed.length === 0 ? dossiers : printed;
  const [first, ...others] = [...new Set(named.map(({ source }) => source.paper))];
  if (first !== undefined && others.length === 0) return first;
  const words = folder.replaceAll('-', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** Folders by name, claims by id, whatever order they were checked in. */
export function byPaper(
  dossiers: readonly Dossier[],
  figures: ReadonlyMap<string, readonly Figure[]>,
): readonly Paper[] {
  const folders = [...new Set(dossiers.map(({ paper }) => paper))].sort();
  return folders.map((folder) => {
    const own = dossiers.filter(({ paper }) => paper === folder).sort((a, b) => (a.id < b.id ? -1 : 1));
    return { folder, title: titleOf(folder, own), dossiers: own, figures: figures.get(folder) ?? [] };
  });
}
