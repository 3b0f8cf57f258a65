export {
  buildAssertion,
  buildBadgeClass,
  buildIssuer,
  type HostedEvidence,
  type HostedRecipient,
} from './assertions/build-hosted.js'
export { buildCryptographicKey, buildRevocationList } from './assertions/build-signed.js'
export { signAssertion } from './assertions/sign-assertion.js'
export {
  buildCredential,
  type SignedCredential,
  signCredential,
} from './credentials/build-credential.js'
export { buildEndorsement } from './credentials/build-endorsement.js'
export { ENDORSEMENT_SCHEMA, OPEN_BADGES_SCHEMA } from './credentials/build-envelope.js'
export type {
  AchievementInput,
  AddressInput,
  AlignmentInput,
  CredentialInput,
  EndorsedInput,
  EndorsementInput,
  EnvelopeInput,
  EvidenceInput,
  IdentifierInput,
  IdentityInput,
  ImageInput,
  IssuerInput,
  ProfileInput,
  RecipientInput,
  RelatedInput,
  ResultDescriptionInput,
  ResultInput,
  RubricLevelInput,
  StatusEntry,
  UnsignedCredential,
} from './credentials/credential-types.js'
export {
  achievementTypes,
  identifierTypes,
  resultStatuses,
  resultTypes,
  targetTypes,
} from './credentials/enumerations.js'
export { type ErrorCode, OpenBadgesError } from './errors.js'
export {
  bake,
  detectImage,
  type ImageKind,
  type Unbaked,
  unbake,
  unbakeAll,
} from './images/bake.js'
export { bakePng, type PngBaking, type PngKeyword, unbakePng } from './images/png.js'
export { bakeSvg, type SvgBaking, unbakeSvg } from './images/svg.js'
export type { JsonObject } from './json/json.js'
export {
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  contexts,
  documentLoader,
  OPEN_BADGES_V3,
  type RemoteDocument,
} from './json-ld/contexts.js'
export { didWeb, didWebUrl } from './keys/did.js'
export { jwkDocument, jwkSet, type ListedJwk, thumbprint } from './keys/jwk-documents.js'
export {
  type ControllerDocument,
  controllerDocument,
  type JsonWebKeyMethod,
  type KeyDocument,
  keyDocument,
  type ListedKey,
} from './keys/key-documents.js'
export { generateKeyPair, type KeyPair, parseKeyPair } from './keys/keys.js'
export { type KeyKind, publicKeyMultibaseOf, publicKeyOf } from './keys/public-keys.js'
export {
  generateSigningKey,
  parseSigningKey,
  publicKeyPem,
  type SigningKey,
  signingKeyOf,
} from './keys/signing-keys.js'
export {
  type Cryptosuite,
  type DataIntegrityProof,
  type Signer,
  signDocument,
} from './proofs/data-integrity.js'
export { signCredentialJwt } from './proofs/sign-jwt.js'
export { type BadgeVersion, versionOf } from './reading/detect.js'
export { hashIdentity, matchesIdentity } from './report/identity.js'
export type {
  BadgeKind,
  BadgeSummary,
  Check,
  CheckCode,
  EndorsementReport,
  EvidenceSummary,
  Report,
  ResultSummary,
  Verdict,
  VerifyOptions,
} from './report/report.js'
export {
  createStatusBits,
  decodeStatusList,
  encodeStatusList,
  getStatus,
  MIN_STATUS_ENTRIES,
  setStatus,
} from './status/status-bits.js'
export { buildStatusListCredential, type StatusPurpose, statusEntry } from './status/status-list.js'
export { verifyCredential } from './verify.js'
