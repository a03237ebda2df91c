/** The file of a control's witness inside `counterexamples/`. */
export const counterexamplePath = (claim: string, control: string): string => `${claim}/${control}.json`;
