import type { FastifyReply, FastifyRequest } from 'fastify'
import { quality } from '../../http/negotiate.js'
import { sendTagged, type Tagged, toTagged } from '../../http/public-answers.js'

/** What a program asks of a hosted document: its version, and what is to stand in it whole. */
export type HostedForm = { readonly version: '2_0' | '1_1'; readonly expand: ReadonlySet<string> }

/** As Badgr has it: `v=1_1`, and `expand=badge&expand=badge.issuer`; any other version means 2.0. */
export function hostedFormOf(request: FastifyRequest): HostedForm {
  const version = valuesOf(request, 'v').includes('1_1') ? '1_1' : '2_0'
  return { version, expand: new Set(valuesOf(request, 'expand')) }
}

function valuesOf({ query }: FastifyRequest, name: string): readonly string[] {
  const value: unknown =
    typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((each) => (typeof each === 'string' ? each.split(',') : []))
}

type Made = {
  readonly view: object
  /** What it depends on besides what was read; few, or memory would fill up. */
  readonly form: string
  readonly make: () => object | Promise<object>
}

/** Sends Open Badges 2.0 and 1.1; a text is made once for as long as what it is made of is remembered. */
export function createHostedSender() {
  const made = new WeakMap<object, Map<string, Tagged>>()

  return async (request: FastifyRequest, reply: FastifyReply, { view, form, make }: Made) => {
    const forms = made.get(view) ?? new Map<string, Tagged>()
    const tagged = forms.get(form) ?? toTagged(JSON.stringify(await make()))
    made.set(view, forms.set(form, tagged))
    const type = jsonType(request.headers.accept)
    return sendTagged(request, reply, { ...tagged, type, maxAge: 60 })
  }
}

export function jsonType(accept: string | undefined): string {
  const asksLinked = quality(accept, /^application\/ld[+]json$/) > 0
  return asksLinked ? 'application/ld+json' : 'application/json; charset=utf-8'
}
