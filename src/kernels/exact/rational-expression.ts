import type { ConstantNode, MathNode, OperatorNode, ParenthesisNode, SymbolNode } from 'mathjs';
import { mathjsFractions } from './mathjs.ts';
import { Rational } from './rational.ts';

/** A rational function as it is written: nothing is expanded or cancelled. */
export type RationalExpression =
  | { readonly kind: 'constant'; readonly value: Rational }
  | { readonly kind: 'variable'; readonly name: string }
  | {
      readonly kind: 'sum' | 'difference' | 'product' | 'quotient';
      readonly left: RationalExpression;
      readonly right: RationalExpression;
    }
  | { readonly kind: 'power'; readonly base: RationalExpression; readonly exponent: number };

const BINARY = { '+': 'sum', '-': 'difference', '*': 'product', '/': 'quotient' } as const;

const ZERO: RationalExpression = { kind: 'constant', value: Rational.ZERO };

/**
 * Reads variables, decimal constants (exact: 0.1 is 1/10), + - * / ^ with integer exponents, parentheses, and products
 * without a sign such as 2x. The grammar and the parser are those of mathjs.
 * @throws RangeError for everything else: functions, relations, exponents that are no integers, syntax errors.
 */
export function parseRational(expression: string): RationalExpression {
  let node: MathNode;
  try {
    node = mathjsFractions().parse(expression);
  } catch (error) {
    throw refused(expression, error instanceof Error ? error.message : String(error));
  }
  return converted(node, expression);
}

const refused = (expression: string, got: string): RangeError =>
  new RangeError(`parseRational: variables, constants and + - * / ^ in "${expression}", got ${got}`);

function converted(node: MathNode, whole: string): RationalExpression {
  if (isParenthesis(node)) return converted(node.content, whole);
  if (isSymbol(node)) return { kind: 'variable', name: node.name };
  if (isConstant(node)) return { kind: 'constant', value: fractionValue(node.value, whole) };
  if (!isOperator(node)) throw refused(whole, `${node.type} ${node}`);
  const [first, second] = node.args.map((argument) => converted(argument, whole));
  if (first === undefined) throw refused(whole, `${node}`);
  if (second === undefined) {
    if (node.op === '+') return first;
    if (node.op === '-') return { kind: 'difference', left: ZERO, right: first };
    throw refused(whole, `the operator ${node.op}`);
  }
  if (node.op === '^') return { kind: 'power', base: first, exponent: integerValue(second, whole) };
  if (!isBinary(node.op)) throw refused(whole, `the operator ${node.op}`);
  return { kind: BINARY[node.op], left: first, right: second };
}

// mathjs's own predicates are methods of an instance; every node bears its type
const isParenthesis = (node: MathNode): node is ParenthesisNode => node.type === 'ParenthesisNode';
const isSymbol = (node: MathNode): node is SymbolNode => node.type === 'SymbolNode';
const isConstant = (node: MathNode): node is ConstantNode => node.type === 'ConstantNode';
const isOperator = (node: MathNode): node is OperatorNode => node.type === 'OperatorNode';
const isBinary = (operator: string): operator is keyof typeof BINARY => operator in BINARY;

/** Of a Fraction of mathjs: sign, numerator and denominator are big integers. */
function fractionValue(value: unknown, whole: string): Rational {
  const { s, n, d } = (value ?? {}) as { readonly s?: unknown; readonly n?: unknown; readonly d?: unknown };
  if (typeof s !== 'bigint' || typeof n !== 'bigint' || typeof d !== 'bigint') throw refused(whole, `${value}`);
  return Rational.of(s * n, d);
}

function integerValue(expression: RationalExpression, whole: string): number {
  const value = constantValue(expression);
  if (value === undefined || value.denominator !== 1n) throw refused(whole, 'an exponent that is no integer constant');
  return Number(value.numerator);
}

/** The value of a constant, signed or not. */
function constantValue(expression: RationalExpression): Rational | undefined {
  if (expression.kind === 'constant') return expression.value;
  return expression.kind === 'difference' && expression.left === ZERO
    ? constantValue(expression.right)?.negated()
    : undefined;
}
