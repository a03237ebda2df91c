export type { Answer, Call } from './claim/ask.ts';
export { ask, observeNothing } from './claim/ask.ts';
export type { Certificate, Obligation } from './claim/certificate.ts';
export type {
  AnyClaim,
  Assumption,
  Claim,
  Control,
  Exactness,
  Family,
  Mutation,
  Printed,
  Relation,
  Role,
  Source,
  Step,
  Tightness,
} from './claim/claim.ts';
export { defineClaim } from './claim/define.ts';
export { type Enclosure, enclosing, exactly, exactValue, within } from './claim/enclosure.ts';
export { judge, ratioOf, type Verdict } from './claim/judge.ts';
export { Refuted } from './claim/refuted.ts';
export { tampered } from './claim/tamper.ts';
export { claimFiles, loadClaim, loadClaims } from './claims/load.ts';
export { type Numeric, Rational } from './kernels/exact/rational.ts';
export { mistakesOf } from './mistakes/catalogue.ts';
export type { FunctionMistake, Mistake, OptimiserMistake } from './mistakes/mistake.ts';
export { loadOperation, operationIds } from './operations/catalogue.ts';
export {
  type AnyOperation,
  Declined,
  type Doubles,
  type FloatFormat,
  type Operation,
  type Precision,
} from './operations/operation.ts';
export {
  type CheckEntry,
  type Checked,
  type CheckOptions,
  type CheckVerdict,
  checkClaim,
  isAsDeclared,
} from './runners/check.ts';
export type { ControlRun } from './runners/controls.ts';
export { type JudgeDocument, judgeDocument } from './runners/referee/json.ts';
export { type JudgeOptions, judge as judgeImplementation } from './runners/referee/judge.ts';
export type { Peer, Reply, Request } from './runners/referee/peer.ts';
export { type ProcessPeer, processPeer } from './runners/referee/process-peer.ts';
export { type ImplementationReport, isConforming } from './runners/referee/report-types.ts';
export type { Best, FamilyRun, Tally } from './runners/refute.ts';
export { fromToken, type Replay, toToken } from './runners/replay.ts';
export { DEFAULT_SEED } from './runners/seed.ts';
export { type Slack, type StepSlack, slackBySteps } from './runners/slack.ts';
export type { SubjectId } from './runners/subject.ts';
export { type Tightened, type TightenOptions, tightenClaim } from './runners/tighten.ts';
