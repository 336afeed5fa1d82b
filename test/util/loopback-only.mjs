/**
 * Refuses every connection and every look-up of a name that does not stay on this machine. Loaded before the tests, and
 * with `--import` before a program under test. GPOLINT_TEST_NAMES: names that the hosts file leads to loopback;
 * GPOLINT_TEST_CONTACTS: a file that gets one line for each connection that is tried.
 */
import dgram from "node:dgram";
import dns from "node:dns";
import { appendFileSync } from "node:fs";
import net from "node:net";
import process from "node:process";

const names = ["localhost", ...(process.env.GPOLINT_TEST_NAMES ?? "").split(",")];
const contacts = process.env.GPOLINT_TEST_CONTACTS;

function check(host) {
  if (names.includes(host) || /^(127\.|::1$|::ffff:127\.)/.test(host)) return;
  throw new Error(`not on this machine: ${host}`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function connectHere(...args) {
  // net.connect hands over what it made of its arguments as one list.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof first === "object" ? first : { port: first, host: second };
  if (options.path === undefined) {
    const host = typeof options.host === "string" ? options.host : "localhost";
    if (contacts !== undefined) appendFileSync(contacts, `${host}:${options.port}\n`);
    check(host);
  }
  return connect.apply(this, args);
};

for (const api of [dns, dns.promises]) {
  const { lookup } = api;
  api.lookup = (host, ...rest) => {
    check(host);
    return lookup.call(api, host, ...rest);
  };
  for (const name of Object.keys(api).filter((key) => /^(resolve|reverse)/.test(key))) {
    api[name] = () => {
      throw new Error("no name server may be asked");
    };
  }
}
dgram.Socket.prototype.send = () => {
  throw new Error("no datagram may be sent");
};
