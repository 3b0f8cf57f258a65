export { createFakeClock, type FakeClock } from './fake-clock.js'
export { findFreePort } from './free-port.js'
export { type PostgresServer, startPostgres } from './postgres-server.js'
export {
  type RedisServer,
  type RedisServerOptions,
  redisAvailable,
  startRedis,
} from './redis-server.js'
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.js'
