/** Words that GitHub's MathJax refuses or does not know, and what says the same. */
const SYNONYMS: readonly (readonly [RegExp, string])[] = [
  [/\\operatorname\*?\s*\{([^{}]*)\}/g, '\\mathop{\\mathrm{$1}}'],
  [/\\(argmin|argmax|diag|rank|tr|sign|prox|polar|conv|dist|span)(?![A-Za-z])/g, '\\mathop{\\mathrm{$1}}'],
  [/\\bm(?![A-Za-z])/g, '\\boldsymbol'],
  [/\\coloneqq(?![A-Za-z])/g, ':='],
];

/** TeX without the signs that Markdown or HTML would read first: bars, angles, line breaks. */
export function safeTex(tex: string): string {
  const plain = SYNONYMS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), tex);
  return plain
    .replace(/\\\\|\\\||\|/g, (bars) => (bars === '\\\\' ? bars : bars === '|' ? '\\vert ' : '\\Vert '))
    .replace(/\\[<>]|[<>]/g, (angle) => (angle.endsWith('<') ? '\\lt ' : '\\gt '))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Inline maths in the form whose content GitHub's Markdown leaves alone. */
export const inlineTex = (tex: string): string => `$\`${safeTex(tex)}\`$`;

/** Maths on lines of its own. */
export const displayTex = (tex: string): string => `\n\n\`\`\`math\n${safeTex(tex)}\n\`\`\`\n\n`;

const escapedProse = (text: string): string =>
  text
    .replaceAll('<=', '≤')
    .replaceAll('>=', '≥')
    .replace(/[\\*_[\]`]/g, '\\$&')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|');

const MATHS = /\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\]|\$((?:\\.|[^$\\])+?)\$|\\\(([\s\S]+?)\\\)/;

/** A TeX command, an exponent or an index outside dollars. */
const LOOKS_LIKE_TEX = /\\[A-Za-z]+|[\^_]\{?[A-Za-z0-9]/;
const THREE_WORDS = /(?:^|[^\\A-Za-z{])[A-Za-z]{3,}[ ,]+[A-Za-z]{2,}[ ,]+[A-Za-z]{2,}/;

/** Whether text without dollars is one formula. */
export function isFormula(text: string): boolean {
  const bare = text.replace(/\\(?:text|mathrm|operatorname)\*?\{[^{}]*\}/g, ' ');
  return LOOKS_LIKE_TEX.test(text) && !THREE_WORDS.test(bare);
}

/** Words between formulas, which TeX would set as products of letters. */
const withWords = (formula: string): string =>
  formula.replace(
    /\\(?:begin|end|text|math[a-z]+|operatorname)\*?\{[^{}]*\}|\\[A-Za-z]+|[A-Za-z]{3,}(?: [A-Za-z]{3,})*/g,
    (found) => (found.startsWith('\\') ? found : `\\text{ ${found} }`),
  );

/** Where display maths may stand: in a paragraph, but not in a cell or a list item. */
export type Setting = 'paragraph' | 'line';

/** Prose with maths between dollars, or one bare formula, as Markdown that GitHub renders. */
export function texToMarkdown(text: string, setting: Setting): string {
  const show = setting === 'paragraph' ? displayTex : inlineTex;
  const trimmed = text.trim();
  if (!MATHS.test(trimmed)) return isFormula(trimmed) ? show(withWords(trimmed)).trim() : prose(trimmed);
  let result = '';
  let end = 0;
  for (const match of trimmed.matchAll(new RegExp(MATHS, 'g'))) {
    const [whole, dollars, brackets, inline, parentheses] = match;
    const display = dollars ?? brackets;
    result += prose(trimmed.slice(end, match.index));
    result += display === undefined ? inlineTex(inline ?? parentheses ?? '') : show(display);
    end = match.index + whole.length;
  }
  return result + prose(trimmed.slice(end));
}

/** One paragraph's text, its line breaks made spaces. */
const prose = (text: string): string => escapedProse(text).replace(/[ \t]*\n[ \t]*/g, ' ');
