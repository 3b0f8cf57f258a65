import type { Settings } from '../config/load.js'
import { createMailer, type Mailer } from '../mail/mailer.js'

/** Who sends mail for us; undefined where the settings name no server. */
export function openMailer({ config, secrets }: Settings): Mailer | undefined {
  const { mailUrl: url } = secrets
  return url === undefined || config.mail === undefined
    ? undefined
    : createMailer({ url, ...config.mail })
}
