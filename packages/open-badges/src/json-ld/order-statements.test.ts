/// <reference path="./untyped.d.ts" />
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import rdfCanonize, { type Quad } from 'rdf-canonize'
import { describe, expect, it } from 'vitest'
import { orderStatements } from './order-statements.js'
import { type Name, quote, type Statement, type Statements } from './statements.js'

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const suite = `${data}/w3c/rdf-canon/tests/rdfc10`

type Term = Quad['object']

/** The statements of a dataset, when they are of the kinds that badges are made of. */
function toStatements(quads: readonly Quad[]): Statements | undefined {
  const blanks = new Map<string, number>()
  const toName = ({ termType, value }: Term): Name => {
    if (termType !== 'BlankNode') return `<${value}>`
    const known = blanks.get(value) ?? blanks.size
    blanks.set(value, known)
    return known
  }
  const list: Statement[] = []
  for (const { subject, predicate, object, graph } of quads) {
    if (graph.termType === 'NamedNode') return undefined
    const named = graph.termType === 'BlankNode' ? Number(toName(graph)) : undefined
    const isLiteral = object.termType === 'Literal'
    const stated = { subject: toName(subject), predicate: ` <${predicate.value}> ` }
    const value = isLiteral ? written(object) : toName(object)
    list.push({ ...stated, object: value, literal: undefined, graph: named })
  }
  return { list, blanks: blanks.size }
}

function written({ value, datatype, language }: Term): string {
  if (language !== undefined) return `${quote(value)}@${language}`
  const isString = datatype?.value === 'http://www.w3.org/2001/XMLSchema#string'
  return isString ? quote(value) : `${quote(value)}^^<${datatype?.value}>`
}

describe.skipIf(!existsSync(suite))(
  'the RDFC-1.0 suite of the W3C (skipped when the shared data folder is missing)',
  () => {
    const tests = readdirSync(suite).filter((file) => file.endsWith('-in.nq'))
    // The manifest asks for another hash here.
    const isLong = (file: string) => file === 'test075-in.nq'
    const text = (file: string) => readFileSync(`${suite}/${file}`, 'utf8')

    it('is ordered as published where all blank nodes differ', () => {
      let ordered = 0
      for (const file of tests) {
        const published = file.replace('-in.nq', '-rdfc10.nq')
        if (!existsSync(`${suite}/${published}`)) continue
        const statements = toStatements(rdfCanonize.NQuads.parse(text(file)))
        const found = statements && orderStatements(statements, isLong(file) ? 'sha384' : 'sha256')
        if (found === undefined) continue
        ordered += 1
        expect([file, found]).toEqual([file, text(published)])
      }
      expect(ordered).toBeGreaterThan(20)
    })
  },
)
