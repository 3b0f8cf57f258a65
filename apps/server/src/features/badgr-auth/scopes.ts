/** What a token of the password may be asked for, and gets when nothing is asked. */
export const publicScopes = ['rw:profile', 'rw:issuer', 'rw:backpack'] as const

const known = new Set<string>([
  ...publicScopes,
  'r:profile',
  'r:backpack',
  'r:issuer',
  'r:assertions',
])

/** What a key is good for: no more than whoever asks for it may do. */
export function scopesOfKey(held: ReadonlySet<string>): readonly string[] {
  return publicScopes.filter((scope) => held.has(scope))
}

/** The scopes that were asked for; undefined when one of them is not given to anybody here. */
export function scopesAsked(text: string | undefined): readonly string[] | undefined {
  const asked = [...new Set((text ?? '').split(/[\s,]+/).filter((one) => one !== ''))]
  if (asked.length === 0) return publicScopes
  return asked.every((one) => known.has(one)) ? asked : undefined
}

/** What a program may do with one of our own tokens: its permissions bound it further. */
export const programScopes = ['rw:issuer', 'r:profile'] as const
