import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/editor/**', 'test/behavior/**', 'test/rules/**/src/**', 'node_modules/**'],
    testTimeout: 30_000,
    // Some hooks build the product, which is slow on a machine that is busy.
    hookTimeout: 60_000,
  },
});
