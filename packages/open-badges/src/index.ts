export { bake, detectImage, type ImageKind, type Unbaked, unbake } from './bake.js'
export { buildCredential, type SignedCredential, signCredential } from './build-credential.js'
export { buildAssertion, buildBadgeClass, buildIssuer } from './build-hosted.js'
export {
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  contexts,
  documentLoader,
  OPEN_BADGES_V3,
  type RemoteDocument,
} from './contexts.js'
export type {
  AchievementInput,
  AlignmentInput,
  CredentialInput,
  EvidenceInput,
  ImageInput,
  IssuerInput,
  RecipientInput,
  StatusEntry,
  UnsignedCredential,
} from './credential-types.js'
export { type DataIntegrityProof, type Signer, signDocument } from './data-integrity.js'
export { type BadgeVersion, versionOf } from './detect.js'
export { didWeb, didWebUrl } from './did.js'
export { type ErrorCode, OpenBadgesError } from './errors.js'
export { hashIdentity, matchesIdentity } from './identity.js'
export {
  type ControllerDocument,
  controllerDocument,
  type KeyDocument,
  keyDocument,
  type ListedKey,
} from './key-documents.js'
export { generateKeyPair, type KeyPair, parseKeyPair } from './keys.js'
export { bakePng, type PngKeyword, unbakePng } from './png.js'
export { publicKeyOf } from './public-keys.js'
export type {
  BadgeKind,
  BadgeSummary,
  Check,
  CheckCode,
  Report,
  Verdict,
  VerifyOptions,
} from './report.js'
export { signCredentialJwt } from './sign-jwt.js'
export {
  createStatusBits,
  decodeStatusList,
  encodeStatusList,
  getStatus,
  MIN_STATUS_ENTRIES,
  setStatus,
} from './status-bits.js'
export { buildStatusListCredential, type StatusPurpose, statusEntry } from './status-list.js'
export { bakeSvg, unbakeSvg } from './svg.js'
export { verifyCredential } from './verify.js'
