import { configDefaults, defineConfig } from "vitest/config";

/** They measure the memory of their own process, which must be theirs alone. */
const measuring = ["test/sources/archive/hostile.test.ts", "test/sources/report-memory.test.ts"];

const offline = {
  setupFiles: ["test/util/loopback-only.mjs"],
  // A test that starts the built program, or reads a real export, shares two cores with the others.
  testTimeout: 30_000,
};

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
          maxWorkers: "100%",
          projects: [
            {
              test: {
                ...offline,
                name: "shared",
                include: ["test/**/*.test.ts"],
                exclude: [...configDefaults.exclude, "test/live/**", ...measuring],
                // The program keeps no state between runs, so that test files can share what they import: half the time.
                isolate: false,
              },
            },
            { test: { ...offline, name: "measuring", include: measuring } },
          ],
        },
}));
