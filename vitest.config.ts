import { defineConfig } from "vitest/config";

/** Tests with whole clients or with pictures and sound: one file at a time, and each step may take as long as a busy machine needs. */
const WHOLE = ["tests/e2e/*.test.ts", "tests/e2e/media/*.test.ts", "tests/**/*.call.test.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: WHOLE,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: "whole", include: WHOLE, testTimeout: 180_000, hookTimeout: 180_000, maxWorkers: 1 },
      },
    ],
  },
});
