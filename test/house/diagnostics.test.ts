import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { diagnosticCodes } from "../../src/model/diagnostic-codes.ts";

const introduction = `# Diagnostics

Something odd in the input, never in the policy. Codes are stable.

- \`error\`: a part of the file could not be used, and a verdict may depend on it.
- \`warning\`: it was used, but it is not as Windows specifies it.
- \`info\`: worth knowing.

| code | severity | meaning |
|---|---|---|
`;

it("docs/diagnostics.md lists every code; npm test -- test/house/diagnostics.test.ts -u writes it", async () => {
  const rows = Object.entries(diagnosticCodes).map(
    ([code, { severity, title }]) => `| \`${code}\` | ${severity} | ${title.replaceAll("|", "\\|")} |\n`,
  );
  const path = fileURLToPath(new URL("../../docs/diagnostics.md", import.meta.url));
  await expect(introduction + rows.join("")).toMatchFileSnapshot(path);
});
