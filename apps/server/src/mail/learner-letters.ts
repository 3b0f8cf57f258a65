import { filler, formOf, type Language } from './languages.js'
import { learnerLetterTexts as texts } from './learner-letter-texts.js'
import { type MailLook, type ShownBadge, toMail } from './letter-form.js'
import type { Mail } from './mailer.js'

type Common = {
  readonly to: string
  readonly language: Language
  readonly site: string
  /** Where the button leads. */
  readonly url: string
  readonly look: MailLook
}

/** The letter with which somebody signs in. */
export function signInLetter(parts: Common): Mail {
  return plainLetter(parts, texts[parts.language].signIn, { site: parts.site })
}

/** The letter to an address that somebody says is theirs. */
export function addressLetter(parts: Common & { readonly name: string }): Mail {
  const { site, name } = parts
  return plainLetter(parts, texts[parts.language].address, { site, name })
}

type Plain = {
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly action: string
  readonly after: readonly string[]
}

function plainLetter(
  { url, language, ...sending }: Common,
  { subject, paragraphs, action, after }: Plain,
  told: Readonly<Record<string, string>>,
): Mail {
  const fill = filler(language, told)
  return toMail(sending, {
    language,
    subject: fill(subject),
    paragraphs: paragraphs.map(fill),
    action: { label: action, url },
    after: after.map(fill),
  })
}

type NewBadge = Omit<ShownBadge, 'publicPage'> & { readonly publicUrl: string | null }

/** One letter about all that a learner has earned since the last. */
export function newBadgesLetter(
  parts: Common & {
    /** Empty where nobody knows it. */
    readonly name: string
    readonly badges: readonly [NewBadge, ...NewBadge[]]
    /** Until when the button signs in; null where it does not. */
    readonly signsInUntil: string | null
    readonly unsubscribeUrl: string
  },
): Mail {
  const { language, to, look, site, url, name, badges, signsInUntil } = parts
  const own = texts[language].newBadges
  const count = badges.length
  const [first] = badges
  const fill = filler(language, {
    ...{ site, name, count, email: to, badge: first.name, issuer: first.issuerName },
    until: signsInUntil === null ? '' : dayIn(language, signsInUntil),
  })
  const counted = (forms: Parameters<typeof formOf>[2]) => fill(formOf(language, count, forms))
  const hello = name === '' ? [] : [fill(own.hello)]
  return toMail(
    { to, look },
    {
      language,
      subject: counted(own.subject),
      paragraphs: [...hello, counted(own.paragraphs)],
      badges: badges.map(({ publicUrl, ...badge }) => ({
        ...badge,
        ...(publicUrl !== null && { publicPage: { label: own.publicPage, url: publicUrl } }),
      })),
      action: { label: counted(own.action), url },
      after: (signsInUntil === null ? own.plain : own.signsIn).map(fill),
      unsubscribe: { label: own.unsubscribe, url: parts.unsubscribeUrl },
    },
  )
}

type AboutEndorsement = Common & {
  readonly name: string
  readonly badge: string
  /** What the other person wrote; may be empty. */
  readonly said: string
  readonly unsubscribeUrl: string
}

/** The letter to whoever is asked to endorse a badge. */
export function endorsementAskedLetter(
  parts: AboutEndorsement & {
    readonly learner: string
    readonly issuer: string
    readonly until: string
  },
): Mail {
  const { language, name, badge, learner, issuer } = parts
  const told = { name, badge, learner, issuer, until: dayIn(language, parts.until) }
  return endorsementLetter(parts, texts[language].endorsementAsked, told)
}

/** The letter to the learner when somebody has endorsed a badge. */
export function endorsementGivenLetter(parts: AboutEndorsement): Mail {
  const { language, name, badge, site } = parts
  return endorsementLetter(parts, texts[language].endorsementGiven, { name, badge, site })
}

function endorsementLetter(
  { to, look, language, url, said, unsubscribeUrl }: AboutEndorsement,
  own: Plain & { readonly unsubscribe: string },
  told: Readonly<Record<string, string>>,
): Mail {
  const fill = filler(language, told)
  return toMail(
    { to, look },
    {
      language,
      subject: fill(own.subject),
      paragraphs: own.paragraphs.map(fill),
      quote: said === '' ? undefined : said,
      action: { label: own.action, url },
      after: own.after.map(fill),
      unsubscribe: { label: own.unsubscribe, url: unsubscribeUrl },
    },
  )
}

function dayIn(language: Language, instant: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(instant),
  )
}
