import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'tools/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/estates/*/repo/**'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 30_000,
  },
});
