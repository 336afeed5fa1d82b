import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "./run-tool.ts";
import { address, domain, files, host } from "./settings.ts";

export type CertificateName = "good" | "expired" | "self-signed";

/** Where the certificate lies, with the key that all of them share. */
export function certificate(name: CertificateName): { readonly cert: string; readonly key: string } {
  return { cert: join(files.certificates, `${name}.pem`), key: join(files.certificates, "dc.key") };
}

/** Makes a certificate authority, and one certificate for each way in which a client may meet it. */
export function makeCertificates(): void {
  mkdirSync(files.certificates);
  write("names.cnf", configuration);
  write("index.txt", "");
  write("serial", "01");
  for (const key of ["ca.key", "dc.key"]) {
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", at(key));
  }
  selfSign("ca", "/CN=corp.example test authority", "authority");
  selfSign("self-signed", `/CN=${host}`, "server");
  openssl(
    "req",
    "-new",
    "-config",
    at("names.cnf"),
    "-key",
    at("dc.key"),
    "-subj",
    `/CN=${host}`,
    "-out",
    at("dc.csr"),
  );
  issue("good", "20240101000000Z", "20440101000000Z");
  issue("expired", "20200101000000Z", "20210101000000Z");
}

function selfSign(name: string, subject: string, extensions: string): void {
  const key = at(name === "ca" ? "ca.key" : "dc.key");
  const config = ["-config", at("names.cnf"), "-extensions", extensions];
  openssl(
    "req",
    "-x509",
    "-new",
    ...config,
    "-key",
    key,
    "-days",
    "7300",
    "-subj",
    subject,
    "-out",
    at(`${name}.pem`),
  );
}

function issue(name: CertificateName, from: string, until: string): void {
  const config = [
    "-config",
    at("names.cnf"),
    "-extensions",
    "server",
    "-in",
    at("dc.csr"),
    "-out",
    at(`${name}.pem`),
  ];
  openssl("ca", "-batch", "-notext", ...config, "-startdate", from, "-enddate", until);
}

function openssl(...args: readonly string[]): void {
  mustRun("openssl", args);
}

function at(name: string): string {
  return join(files.certificates, name);
}

function write(name: string, text: string): void {
  writeFileSync(at(name), text, { mode: 0o600 });
}

const configuration = `
[req]
distinguished_name = none
[none]
[ca]
default_ca = authority_files
[authority_files]
certificate = ${at("ca.pem")}
private_key = ${at("ca.key")}
database = ${at("index.txt")}
serial = ${at("serial")}
new_certs_dir = ${files.certificates}
default_md = sha256
policy = any_name
unique_subject = no
[any_name]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:${host}, DNS:${domain.dns}, IP:${address}
`;
