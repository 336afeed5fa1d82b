/** LDIF as OpenLDAP's `ldapsearch -LLL` prints it: LF, lines folded after 78 characters (RFC 2849). */
import { Buffer } from "node:buffer";

const width = 78;

/** One object. `attributes`: name to value, list of values, or undefined to leave it out. A Buffer goes in base64. */
export function entry(dn, attributes) {
  const lines = [attribute("dn", dn)];
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) lines.push(attribute(name, item));
  }
  return `${lines.map(fold).join("\n")}\n\n`;
}

/** What the client prints where the server points at another partition. */
export function referral(host, dn) {
  return `${fold(`# refldap://${host}/${dn}`)}\n\n`;
}

function attribute(name, value) {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(String(value), "utf8");
  const plain =
    !Buffer.isBuffer(value) && /^(?![ :<])[\x20-\x7e]*$/.test(value) && !String(value).endsWith(" ");
  return plain ? `${name}: ${value}` : `${name}:: ${bytes.toString("base64")}`;
}

function fold(line) {
  const pieces = [line.slice(0, width)];
  for (let at = width; at < line.length; at += width - 1) pieces.push(` ${line.slice(at, at + width - 1)}`);
  return pieces.join("\n");
}
