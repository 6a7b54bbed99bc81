import { request } from "node:https";
import type { LocalStack } from "../../local/stack";

/** A request that nobody signed. */
export interface UnsignedRequest {
  method: string;
  /** As it is sent, query included. */
  path: string;
  /** The Host header, where it is not the endpoint's own. */
  host?: string;
  body?: string;
}

/** What came back. */
export interface Answer {
  status: number;
  body: string;
}

/** Sends a request to the embedded AWS as anybody on the internet can. */
export function ask({ endpoint, certificate }: LocalStack, { method, path, host, body }: UnsignedRequest): Promise<Answer> {
  const { hostname, port } = new URL(endpoint);
  const headers = { ...(host === undefined ? {} : { host }), "content-length": Buffer.byteLength(body ?? "") };
  return new Promise((done, failed) => {
    // The path goes out as it is: a URL object would tidy up what an attacker would not.
    const sent = request({ hostname, port, method, path, headers, ca: certificate, checkServerIdentity: () => undefined }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() }));
    });
    sent.once("error", failed);
    sent.end(body);
  });
}

/** Everything that S3 can be asked of a bucket and of an object in it, in each way of naming a bucket. */
export function requestsFor(bucket: string, key: string): UnsignedRequest[] {
  const ofBucket = ["", "?list-type=2", "?versions", "?uploads", "?location", ...SETTINGS.map((setting) => `?${setting}`)];
  const ofObject = ["", "?acl", "?tagging", "?attributes", "?torrent", "?retention", "?legal-hold", "?partNumber=1"];
  const readings = [...ofBucket.map((query) => query), ...ofObject.map((query) => `${key}${query}`)];
  const writings: [method: string, path: string][] = [
    ["PUT", "new.txt"],
    ["PUT", key],
    ["PUT", `${key}?acl`],
    ["PUT", `${key}?tagging`],
    ["POST", `${key}?uploads`],
    ["POST", "?delete"],
    ["POST", ""],
    ["DELETE", key],
    ["DELETE", ""],
    ...SETTINGS.flatMap((setting): [string, string][] => [
      ["PUT", `?${setting}`],
      ["DELETE", `?${setting}`],
    ]),
  ];
  const asked: [method: string, path: string][] = [
    ...readings.flatMap((path): [string, string][] => [
      ["GET", path],
      ["HEAD", path],
    ]),
    ...writings,
  ];
  return asked.flatMap(([method, path]) => {
    const body = method === "PUT" || method === "POST" ? "<written/>" : undefined;
    return [
      { method, path: `/${bucket}/${path}`, body },
      ...HOSTS.map((host) => ({ method, path: `/${path}`, host: `${bucket}.${host}`, body })),
    ];
  });
}

const SETTINGS = [
  "acl",
  "cors",
  "encryption",
  "lifecycle",
  "logging",
  "notification",
  "ownershipControls",
  "policy",
  "policyStatus",
  "publicAccessBlock",
  "replication",
  "tagging",
  "versioning",
  "website",
];

/** The REST endpoint, and the website endpoint in both of its spellings. */
const HOSTS = ["s3.eu-central-1.amazonaws.com", "s3-website.eu-central-1.amazonaws.com", "s3-website-eu-central-1.amazonaws.com"];
