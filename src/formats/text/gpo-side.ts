/**
 * Whether a policy file stands on the user side of its GPT. What it says goes to HKEY_CURRENT_USER when somebody
 * logs on (MS-GPREG 3.2.5.1), never to the machine.
 */
export function isUserSide(path: string): boolean {
  return /(^|\/)user\/(registry\.pol|preferences\/registry\/registry\.xml)$/i.test(path);
}
