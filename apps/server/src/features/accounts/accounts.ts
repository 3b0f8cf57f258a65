export { beginningOf, personIn } from './asking.js'
export { createPasswordCheck } from './check-password.js'
export { createUser } from './create-user.js'
export {
  hashOfSecret,
  insertLink,
  type LinkRow,
  markUsed,
  newSecret,
  withdrawLinks,
} from './link-repository.js'
export { hashPassword } from './password-hash.js'
export { assertGoodPassword } from './password-rules.js'
export { createProfile } from './profile.js'
export { profileRoutes } from './profile-routes.js'
export { type AddressProven, accountOfReader } from './prove-address.js'
export { resetRoutes } from './reset-routes.js'
export { createResets } from './resets.js'
export { sessionRoutes } from './session-routes.js'
export { type Installation, readSession } from './session-views.js'
export { createSetUp } from './set-up.js'
export { setUpRoutes } from './set-up-routes.js'
export { assertEnabled, createSignIn } from './sign-in.js'
export { lockUsableLink } from './usable-link.js'
export {
  deleteUser,
  findUser,
  findUserIdOfAddress,
  holdAddress,
  lockAdministrators,
  lockUser,
  movePrimary,
  type UserRow,
  updateUser,
} from './user-repository.js'
export { userRoutes } from './user-routes.js'
export { createUsers } from './users.js'
