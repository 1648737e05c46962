import { defineConfig } from 'vitest/config';

// Two cores and one embedded PostgreSQL: files run two at a time; a test that needs the database
// clones a migrated template (test/support/database.ts).
export default defineConfig({
  test: {
    reporters: ['default', './test/support/plain-reporter.ts'],
    globalSetup: ['./test/support/database-setup.ts'],
    include: ['src/**/*.test.ts', 'tools/**/*.test.ts', 'test/**/*.test.ts'],
    maxWorkers: 2,
    // Limits end what would wait for ever; they measure nothing. A noisy machine is some times slower than a quiet one.
    testTimeout: 180_000,
    hookTimeout: 360_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
