import { OPERATORS, type Operator } from '@rosette/engine'

/** The operator that a text names; what nobody knows compares as equal. */
export function parseOperator(text: string): Operator {
  return OPERATORS.find((operator) => operator === text) ?? 'eq'
}
