import { FetchError } from "./download";

/**
 * The request header that a parameter stands for: `Bearer TOKEN`, `Basic user:password`, or `Header Name: value`.
 *
 * @throws FetchError When it is none of these; its value is not in the sentence.
 */
export function credentialsHeader(parameter: string): Record<string, string> {
  const [, kind = "", value = ""] = /^(Bearer|Basic|Header) +(.+)$/s.exec(parameter.trim()) ?? [];
  const [, name = "", content = ""] = /^([A-Za-z0-9-]+): *(\S.*)$/.exec(value) ?? [];
  if (kind === "Bearer" && /^\S+$/.test(value)) {
    return { authorization: `Bearer ${value}` };
  }
  if (kind === "Basic" && value.includes(":")) {
    return { authorization: `Basic ${Buffer.from(value, "utf8").toString("base64")}` };
  }
  if (kind === "Header" && name !== "") {
    return { [name.toLowerCase()]: content };
  }
  throw new FetchError("the parameter of exportSecret is none of: Bearer TOKEN, Basic user:password, Header Name: value");
}
