import { configDefaults, defineConfig } from "vitest/config";

/** `--mode live` is what scripts/test-live.mjs asks for: the suite that needs a domain controller, and only that. */
export default defineConfig(({ mode }) => ({
  test:
    mode === "live"
      ? {
          include: ["test/live/**/*.test.ts"],
          globalSetup: ["test/live/global-setup.ts"],
          // One domain controller, and tests that count its connections or change its objects.
          fileParallelism: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        }
      : {
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, "test/live/**"],
          setupFiles: ["test/util/loopback-only.mjs"],
          // A test that starts the built program, or reads a real export, shares two cores with the others.
          testTimeout: 30_000,
        },
}));
