import type { OfficeAddresses } from "../infrastructure/components/office-addresses";

/**
 * The same places under two names: as AWS and the office's page know them, and as a browser on this machine reaches them.
 *
 * Each is an origin, without a slash at the end.
 */
export interface Places {
  /** The website, as AWS knows it. */
  distribution: string;
  /** Where it answers here. */
  edge: string;
  /** What the page speaks to, as AWS knows it. */
  addresses: OfficeAddresses;
  /** Where all of that answers here. */
  door: string;
  /** A bucket's name is in the path here. */
  inputBucketName: string;
}

/** The page's settings, as a browser here needs them. */
export function settingsHere(text: string, { addresses, door, inputBucketName }: Places): string {
  const { s3, ...others } = addresses;
  return replaced(text, [[s3, `${door}/${inputBucketName}`], ...origins(others, door)]);
}

/** A content security policy, likewise: it names origins alone. */
export function policyHere(policy: string, { addresses, door }: Places): string {
  return replaced(policy, origins(addresses, door));
}

/** An answer's header, likewise: where a browser is sent on to, and which page may read the answer. */
export function headerHere(value: string, { distribution, edge }: Places): string {
  return value.startsWith(distribution) ? edge + value.slice(distribution.length) : value;
}

/** A request's header that names the page, as AWS knows it. */
export function headerInAws(value: string, { distribution, edge }: Places): string {
  return value === edge ? distribution : value;
}

/** A query or form, as AWS knows what it names: where the sign-in pages are to lead back to. */
export function parametersInAws(text: string, { distribution, edge }: Places): string {
  const parameters = new URLSearchParams(text);
  const led = ["redirect_uri", "logout_uri"].filter((name) => parameters.get(name)?.startsWith(`${edge}/`));
  for (const name of led) {
    parameters.set(name, distribution + parameters.get(name)?.slice(edge.length));
  }
  // As it came, where there is nothing to change: a signature may be on it.
  return led.length === 0 ? text : parameters.toString();
}

function origins(addresses: Partial<OfficeAddresses>, door: string): [string, string][] {
  return Object.values(addresses).map((address) => [address, door]);
}

function replaced(text: string, pairs: [from: string, to: string][]): string {
  return pairs.reduce((result, [from, to]) => result.replaceAll(from, to), text);
}
