/** The file of a control's witness inside `counterexamples/`; an id may hold signs that a file name should not. */
export const counterexamplePath = (claim: string, control: string): string =>
  `${claim}/${control.replace(/[^A-Za-z0-9.]+/g, '-')}.json`;
