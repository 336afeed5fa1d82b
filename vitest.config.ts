import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // A test that starts the built program, or reads a real export, shares two cores with the others.
    testTimeout: 30_000,
  },
});
