import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AnyClaim } from '../claim/claim.ts';
import type { Figure } from '../claim/figure.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
const IS_CLAIM = /^[a-z][a-z0-9-]*\.(ts|js)$/;

interface ClaimFile {
  readonly id: string;
  readonly paper: string;
  readonly path: string;
}

/** Every file `<paper>/<claim id>.ts` beside this one, by paper and id; a folder `parts` holds what claims of a paper share. */
export function claimFiles(): readonly ClaimFile[] {
  return readdirSync(HERE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((paper) =>
      readdirSync(join(HERE, paper))
        .filter((file) => IS_CLAIM.test(file) && !file.endsWith('.d.ts'))
        .sort()
        .map((file) => ({ id: basename(file).replace(/\.(ts|js)$/, ''), paper, path: join(HERE, paper, file) })),
    );
}

/** The claim that the file declares. @throws RangeError where its id is not the file's name. */
async function load(file: ClaimFile): Promise<AnyClaim> {
  const claim = ((await import(pathToFileURL(file.path).href)) as { readonly default: AnyClaim }).default;
  if (claim?.id !== file.id)
    throw new RangeError(`load: ${file.path} to declare the claim ${file.id}, got ${claim?.id}`);
  return claim;
}

/** All claims, by paper and id. */
export const loadClaims = (): Promise<readonly AnyClaim[]> => Promise.all(claimFiles().map(load));

/** The claim of that id, or undefined; only its own file is loaded. */
export async function loadClaim(id: string): Promise<AnyClaim | undefined> {
  const file = claimFiles().find((candidate) => candidate.id === id);
  return file !== undefined && existsSync(file.path) ? load(file) : undefined;
}

/** The figures that the folder of a paper adds to the report, by folder; most folders have none. */
export async function loadFigures(): Promise<ReadonlyMap<string, readonly Figure[]>> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const papers = [...new Set(claimFiles().map(({ paper }) => paper))];
  const found = papers
    .map((paper) => ({ paper, path: join(HERE, paper, 'parts', `figures.${extension}`) }))
    .filter(({ path }) => existsSync(path));
  return new Map(
    await Promise.all(
      found.map(async ({ paper, path }): Promise<[string, readonly Figure[]]> => {
        const { figures } = (await import(pathToFileURL(path).href)) as { readonly figures: readonly Figure[] };
        return [paper, figures];
      }),
    ),
  );
}
