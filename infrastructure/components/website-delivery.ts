import type * as aws from "@pulumi/aws";

const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60;

/** What every answer of the website tells the browser: to trust nothing but this site, over HTTPS, in no frame, and to tell nobody of it. */
export const SECURITY_HEADERS: Pick<aws.cloudfront.ResponseHeadersPolicyArgs, "securityHeadersConfig" | "customHeadersConfig"> = {
  securityHeadersConfig: {
    strictTransportSecurity: { accessControlMaxAgeSec: TWO_YEARS_SECONDS, includeSubdomains: true, override: true },
    contentSecurityPolicy: { contentSecurityPolicy: "default-src 'self'", override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "no-referrer", override: true },
  },
  customHeadersConfig: { items: [{ header: "X-Robots-Tag", value: "noindex", override: true }] },
};

/** Seconds for which CloudFront keeps a document of `data/`: a change reaches a display within a minute, whatever its headers say. */
export const DATA_TTL = { minTtl: 0, defaultTtl: 5, maxTtl: 30 };
