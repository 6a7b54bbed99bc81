import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;

/** Where the office's page is, below the website's address. */
export const OFFICE_PATH = "office/";

/** A content security policy: nothing but what this site serves. */
export const OWN_SITE = "default-src 'self'";

/** Likewise for the office's page, which also speaks to some addresses of AWS, and sends no form by itself. */
export function officeSources(addresses: string[]): string {
  return `${OWN_SITE}; connect-src 'self' ${addresses.join(" ")}; base-uri 'none'; form-action 'none'`;
}

/** What a page may load and speak to, and whose pages may have it in a frame. */
export interface Trust {
  contentSecurityPolicy: pulumi.Input<string>;
  /** @default nobody's */
  frameOption?: "DENY" | "SAMEORIGIN";
}

/** What every answer of the website tells the browser: what to trust, over HTTPS, in whose frames, and to tell nobody of it. */
export function securityHeaders({
  contentSecurityPolicy,
  frameOption = "DENY",
}: Trust): Pick<aws.cloudfront.ResponseHeadersPolicyArgs, "securityHeadersConfig" | "customHeadersConfig"> {
  return {
    securityHeadersConfig: {
      strictTransportSecurity: { accessControlMaxAgeSec: TWO_YEARS_SECONDS, includeSubdomains: true, override: true },
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption, override: true },
      referrerPolicy: { referrerPolicy: "no-referrer", override: true },
    },
    customHeadersConfig: { items: [{ header: "X-Robots-Tag", value: "noindex", override: true }] },
  };
}

/** Seconds for which CloudFront keeps a document of `data/`: a change reaches a display within a minute, whatever its headers say. */
export const DATA_TTL = { minTtl: 0, defaultTtl: 5, maxTtl: 30 };
