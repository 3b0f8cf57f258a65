import { hash, verify } from '@node-rs/argon2'

/** Argon2id, as OWASP recommends it for servers with little memory. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export async function hashPassword(password: string): Promise<string> {
  return await hash(normalized(password), cost)
}

/** Of a text that nobody knows: what a password is compared with where there is none. */
let nobodys: Promise<string> | undefined

/** As much work for somebody who has no password, or does not exist, as for everybody else. */
export async function isPasswordOf(stored: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword(crypto.randomUUID())
  const isRight = await verify(stored ?? (await nobodys), normalized(password))
  return isRight && stored !== null
}

// The same letters can be typed as different characters, depending on the keyboard.
function normalized(password: string): string {
  return password.normalize('NFKC')
}
