import { AppError } from '../../http/app-error.js'

const least = 12
const most = 200

const messages = {
  short: `Use at least ${least} characters; a few words are easy to remember.`,
  long: `Use at most ${most} characters.`,
  common: 'This is among the first that are guessed. Use a few words of your own.',
  own: 'This is your name or address, which others know. Use a few words of your own.',
}

/** What people choose most often when twelve characters are asked for; the rest is caught by its pattern. */
const common = new Set(
  `password1234 password12345 password123456 passwordpassword mypassword123 mypassword1234
  changeme1234 changemechangeme letmeinletmein letmein12345 welcome12345 welcome123456 adminadmin12
  administrator administrator1 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiopasdf qwertyuiopas
  qwertyuiopasdfghjkl qwerty123456 qwerty1234567 qwerty12345678 1qaz2wsx3edc 1qaz2wsx3edc4rfv
  zaq12wsxcde3 1q2w3e4r5t6y 1q2w3e4r5t6y7u8i asdfghjkl123 asdfghjklzxc zxcvbnm12345 iloveyou1234
  iloveyouforever ilovemyfamily unbelievable manchester12 sunshine1234 princess1234 football1234
  baseball1234 basketball12 superman1234 dragon123456 monkey123456 michael12345 correcthorsebatterystaple
  thisismypassword itsasecret12 trustno1trustno1 abcd12345678 abcdefghijkl abcdefghijklm
  abcdefghijklmnopqrstuvwxyz abc123abc123 a1b2c3d4e5f6 0123456789ab 0987654321qwerty rosetterosette
  badgesbadges openedxopenedx learning1234 university12 university123 education123`.split(/\s+/),
)

/** Refuses what is easily guessed, by its length and by what everybody would try (NIST SP 800-63B). */
export function assertGoodPassword(
  password: string,
  { name, email }: { readonly name: string; readonly email: string },
): void {
  const reason = faultOf(password.normalize('NFKC'), [name, email, email.split('@')[0] ?? ''])
  if (reason === undefined) return
  const faults = [{ path: 'password', reason }]
  throw new AppError('password-refused', `Choose another password. ${reason}`, { faults })
}

function faultOf(password: string, own: readonly string[]): string | undefined {
  const length = [...password].length
  if (length < least) return messages.short
  if (length > most) return messages.long
  const plain = password.toLowerCase()
  if (common.has(plain) || isPattern(plain)) return messages.common
  const letters = lettersOf(plain)
  const isOwn = own.map(lettersOf).some((word) => word !== '' && isRepetition(letters, word))
  return isOwn ? messages.own : undefined
}

/** A few characters again and again, or one after the other as they stand in the alphabet. */
function isPattern(text: string): boolean {
  if (/^(.{1,4})\1+.{0,3}$/.test(text)) return true
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, i) => Math.abs(code - (codes[i] ?? 0)))
  return steps.filter((step) => step > 1 && step !== 9).length === 0
}

function isRepetition(text: string, word: string): boolean {
  return text !== '' && text.replaceAll(word, '') === ''
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, '')
}
