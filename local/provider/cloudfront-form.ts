import { isProperties } from "./values";

/** Where CloudFront's spelling is not just the property's with a capital. */
const SPELLINGS: Record<string, string> = {
  acmCertificateArn: "ACMCertificateArn",
  cloudfrontDefaultCertificate: "CloudFrontDefaultCertificate",
  defaultTtl: "DefaultTTL",
  errorCachingMinTtl: "ErrorCachingMinTTL",
  functionArn: "FunctionARN",
  iamCertificateId: "IAMCertificateId",
  isIpv6Enabled: "IsIPV6Enabled",
  lambdaArn: "LambdaFunctionARN",
  maxTtl: "MaxTTL",
  minTtl: "MinTTL",
  sslSupportMethod: "SSLSupportMethod",
  webAclId: "WebACLId",
  xssProtection: "XSSProtection",
};

const PROPERTIES = Object.fromEntries(Object.entries(SPELLINGS).map(([property, spelling]) => [spelling, property]));

/**
 * A value in CloudFront's form: its spelling of names, and the length beside each list of `items`.
 *
 * @example
 * toForm({ minTtl: 1, headers: { items: ["Accept"] } }); // { MinTTL: 1, Headers: { Quantity: 1, Items: ["Accept"] } }
 */
export function toForm(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(toForm);
  }
  if (!isProperties(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([key, item]) => [SPELLINGS[key] ?? key.charAt(0).toUpperCase() + key.slice(1), toForm(item)]);
  return Object.fromEntries(Array.isArray(value.items) ? [...entries, ["Quantity", value.items.length]] : entries);
}

/** The other way round: a value of CloudFront's in the form of a program's inputs. */
export function fromForm(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(fromForm);
  }
  if (!isProperties(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([key]) => key !== "Quantity");
  return Object.fromEntries(entries.map(([key, item]) => [PROPERTIES[key] ?? key.charAt(0).toLowerCase() + key.slice(1), fromForm(item)]));
}

/** A list as CloudFront takes it: with its length. */
export function counted<T>(items: readonly T[] | undefined): { Quantity: number; Items: T[] } {
  return { Quantity: items?.length ?? 0, Items: [...(items ?? [])] };
}
