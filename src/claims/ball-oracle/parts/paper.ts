/** The heading of the room in the report. */
export const PAPER =
  'Ball-oracle acceleration and its neighbours (Carmon et al. 2020-2023, Cohen et al. 2017, Adil et al. 2024)';
