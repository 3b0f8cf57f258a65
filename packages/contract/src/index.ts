export {
  type Permission,
  permission,
  permissions,
  permissionsOf,
  type Role,
  role,
  roles,
} from './access.js'
export { achievementTypes, fits, type ResultDescription, resultStatuses } from './achievements.js'
export { type AuditEntry, auditEntry, listAuditLog } from './audit-log.js'
export {
  type Award,
  type AwardDetail,
  award,
  awardDetail,
  awardStatuses,
  evidence,
  getAward,
  grantAward,
  learnerName,
  listAwards,
  revokeAward,
  updateAward,
} from './awards.js'
export {
  activateBadgeTemplate,
  addPenalty,
  addRequirement,
  archiveBadgeTemplate,
  type BadgeTemplate,
  badgeTemplate,
  createBadgeTemplate,
  deactivateBadgeTemplate,
  deleteBadgeTemplate,
  deleteTemplateImage,
  exportBadgeTemplate,
  exportBadgeTemplates,
  getBadgeTemplate,
  importBadgeTemplates,
  listBadgeTemplates,
  putTemplateImage,
  removePenalty,
  removeRequirement,
  replaceRules,
  templateStates,
  updateBadgeTemplate,
} from './badge-templates.js'
export {
  fault,
  id,
  idInput,
  idParams,
  instant,
  instantInput,
  type Problem,
  pageOf,
  paging,
  problem,
  problems,
  signedIn,
} from './common.js'
export {
  countDeadLetters,
  type DeadLetter,
  type DeadLetterDetail,
  deadLetter,
  deadLetterDetail,
  deadLetterStates,
  discardDeadLetter,
  getDeadLetter,
  listDeadLetters,
  replayDeadLetter,
  replayDeadLetters,
} from './dead-letters.js'
export {
  createEndorsement,
  type Endorsement,
  getEndorsement,
  importEndorsement,
  listEndorsements,
  withdrawEndorsement,
} from './endorsements.js'
export { type ErrorCode, errorCodes } from './errors.js'
export { type EventType, eventType, listEventTypes } from './event-types.js'
export {
  type EventDetail,
  type EventPage,
  eventDetail,
  eventPage,
  getEvent,
  type Ingestion,
  ingestEvents,
  ingestion,
  type LoggedEvent,
  listEvents,
  loggedEvent,
} from './events.js'
export { issuanceStates, revocationEffects } from './issuance-facts.js'
export {
  countIssuances,
  getIssuance,
  type Issuance,
  type IssuanceCounts,
  type IssuanceDetail,
  issuance,
  issuanceCounts,
  issuanceDetail,
  listIssuances,
  retryIssuance,
  retryIssuances,
} from './issuances.js'
export {
  createIssuer,
  getIssuer,
  type Issuer,
  issuer,
  keyAlgorithms,
  listIssuers,
  revokeIssuerKey,
  rotateIssuerKey,
  updateIssuer,
} from './issuers.js'
export {
  createLearner,
  getLearner,
  getLearnerProgress,
  type Learner,
  type LearnerDetail,
  learner,
  learnerDetail,
  listLearnerEvents,
  listLearners,
} from './learners.js'
export { listNotices, type Notice, notice, noticeKinds, resolveNotice } from './notices.js'
export {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  type Organization,
  organization,
  updateOrganization,
} from './organizations.js'
export { listTemplateProgress, type Progress, progress, progressList } from './progress.js'
export {
  createProviderAccount,
  deleteProviderAccount,
  deleteWebhookSecret,
  getProviderAccount,
  listProviderAccounts,
  type ProviderAccount,
  pauseProviderAccount,
  providerAccount,
  putWebhookSecret,
  resumeProviderAccount,
  rotateProviderKey,
  testProviderAccount,
  updateProviderAccount,
} from './provider-accounts.js'
export { listProviderEvents, type ProviderEvent, providerEventStates } from './provider-events.js'
export {
  getProviderTemplate,
  listProviderTemplates,
  type ProviderTemplate,
  syncProviderAccount,
} from './provider-templates.js'
export { listReissues, type Reissue, reissueAward, reissueBadges } from './reissues.js'
export {
  achievementFile,
  type DataRule,
  dataRule,
  type Penalty,
  penaltiesInput,
  penalty,
  penaltyInput,
  type Requirement,
  reaward,
  repeat,
  requirement,
  requirementInput,
  requirementsInput,
  ruleOperators,
  rulesInput,
  type TemplateFile,
  templateFile,
  templateFilesInput,
} from './rules.js'
export { listSignals, type Signal, signal, signalStates } from './signals.js'
export { type ApiToken, apiToken, createToken, listTokens, revokeToken } from './tokens.js'
export {
  checkCodes,
  createVerification,
  rawBadgeTypes,
  type VerificationReport,
  verdicts,
  verificationInput,
  verificationReport,
} from './verifications.js'
