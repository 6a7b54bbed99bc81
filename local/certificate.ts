import { generate } from "selfsigned";

/** A certificate and its key, as PEM texts. */
export interface Certificate {
  certificate: string;
  key: string;
}

/**
 * Makes a certificate for 127.0.0.1 that only those trust who are handed it.
 *
 * The stack's policies refuse plain HTTP, and the embedded AWS enforces them: it has to speak TLS.
 */
export async function localCertificate(): Promise<Certificate> {
  const made = await generate([{ name: "commonName", value: "embedded AWS" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  return { certificate: made.cert, key: made.private };
}
