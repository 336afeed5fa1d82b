import type { ResultRule } from "../../src/model/result.ts";

const subcategory = (head: string): string => `audit-subcategory/${head}-69ae-11d9-bed3-505054503030`;

function rule(
  values: Partial<ResultRule> & Pick<ResultRule, "id" | "title" | "settingName" | "setting">,
): ResultRule {
  return {
    policy: "mdi",
    severity: "high",
    expected: "Success and Failure",
    events: [],
    rationale: "The sensor needs these events.",
    remediation: `In the winning GPO, set Advanced Audit Policy Configuration > ${values.settingName} to Success and Failure.`,
    source:
      "https://learn.microsoft.com/en-us/defender-for-identity/deploy/configure-windows-event-collection",
    notes: null,
    ...values,
  };
}

export const rules: readonly ResultRule[] = [
  rule({
    id: "mdi.credential-validation",
    title: "Credential Validation is audited for success and failure",
    severity: "critical",
    settingName: "Credential Validation",
    setting: subcategory("0cce923f"),
    events: [{ id: 4776, log: "Security", gated: true }],
    rationale: "NTLM logons are only visible through 4776 on the DC that checked the password.",
  }),
  rule({
    id: "mdi.audit-ntlm-in-domain",
    title: "NTLM authentication in the domain is audited",
    severity: "critical",
    settingName: "Network security: Restrict NTLM: Audit NTLM authentication in this domain",
    setting:
      "registry-value/machine\\system\\currentcontrolset\\services\\netlogon\\parameters\\auditntlmindomain",
    expected: "7 (Enable all)",
    events: [{ id: 8004, log: "Microsoft-Windows-NTLM/Operational", gated: true }],
  }),
  rule({
    id: "mdi.security-system-extension",
    title: "Security System Extension is audited for success",
    settingName: "Security System Extension",
    setting: subcategory("0cce9211"),
    expected: "Success",
    events: [
      { id: 4697, log: "Security", gated: true },
      { id: 7045, log: "System", gated: false },
    ],
    notes: "7045 is written by the Service Control Manager to the System log whatever this subcategory says.",
    source: "Two pages, read on 2026-10-06 (stored copy)",
  }),
  rule({
    id: "mdi.user-account-management",
    title: "User Account Management is audited for success and failure",
    settingName: "User Account Management",
    setting: subcategory("0cce9235"),
    events: [{ id: 4726, log: "Security", gated: true }],
  }),
  rule({
    id: "mdi.computer-account-management-failure",
    title: "Computer Account Management is audited for failure, as the requirement is written",
    severity: "low",
    settingName: "Computer Account Management",
    setting: subcategory("0cce9236"),
    expected: "Failure",
    rationale: "The subcategory has no failure events: a missing Failure loses nothing.",
  }),
  rule({
    id: "mdi.audit-incoming-ntlm",
    title: "Incoming NTLM traffic is audited",
    severity: "medium",
    settingName: "Network security: Restrict NTLM: Audit Incoming NTLM Traffic",
    setting:
      "registry-value/machine\\system\\currentcontrolset\\control\\lsa\\msv1_0\\auditreceivingntlmtraffic",
    expected: "2 (Enable auditing for all accounts)",
    events: [
      { id: 8002, log: "Microsoft-Windows-NTLM/Operational", gated: true },
      { id: 8003, log: "Microsoft-Windows-NTLM/Operational", gated: true },
    ],
  }),
  rule({
    id: "mdi.sce-no-apply-legacy",
    title: "Subcategory settings override category settings",
    severity: "info",
    settingName: "Audit: Force audit policy subcategory settings",
    setting: "registry-value/machine\\system\\currentcontrolset\\control\\lsa\\scenoapplylegacyauditpolicy",
    expected: "1 (Enabled)",
  }),
];
