import { LANGUAGES, type OfficeLanguage } from "./components/office-texts";
import { type Lookup, required, wrong } from "./lookup";

/** Who may use the office's page, and in which language it writes to them. */
export interface OfficeSettings {
  /** Addresses in lower case; none where there is no such page. */
  officeUsers: string[];
  officeLanguage: OfficeLanguage;
}

/** As long as Cognito takes a name: docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html. */
const LONGEST_ADDRESS = 128;

/** As many mails as Cognito sends for an account within a day: docs.aws.amazon.com/cognito/latest/developerguide/quotas.html. */
const MOST_USERS = 50;

/** ASCII, as the sender of Cognito's mails takes no other, and without the slash by which Pulumi's provider joins address and pool. */
const ADDRESS = /^(?=[!-~]+$)[^@"<>;:/]+@[^@"<>;:/]+\.[^@"<>;:/]+$/;

/** What no address of Cognito's sign-in pages may hold: docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html. */
const FORBIDDEN = /aws|amazon|cognito/;

/**
 * Reads what the stack's configuration says of the office's page.
 *
 * @param env The environment's suffix, which is a part of the sign-in pages' address.
 * @throws pulumi.RunError As `readSettings`.
 */
export function readOffice(lookup: Lookup, env: string): OfficeSettings {
  const officeUsers = readAddresses(lookup);
  if (officeUsers.length > 0 && FORBIDDEN.test(env)) {
    wrong("env", env, "without aws, amazon and cognito in it where officeUsers is set: the sign-in pages' address holds it");
  }
  const allowed = `one of ${LANGUAGES.join(", ")}`;
  const language = required(lookup, "officeLanguage", allowed);
  return { officeUsers, officeLanguage: LANGUAGES.find((known) => known === language) ?? wrong("officeLanguage", language, allowed) };
}

function readAddresses(lookup: Lookup): string[] {
  const text = lookup("officeUsers") ?? "";
  if (text.trim() === "") {
    return [];
  }
  // Cognito does not tell letters by their case.
  const addresses = text.split(",").map((part) => part.trim().toLowerCase());
  const refuse = (why: string) => wrong("officeUsers", text, `e-mail addresses with commas between, each once, or empty: ${why}`);
  if (addresses.length > MOST_USERS) {
    refuse(`they are ${addresses.length}, and Cognito sends an account's users ${MOST_USERS} mails a day`);
  }
  for (const [index, address] of addresses.entries()) {
    if (!ADDRESS.test(address) || address.length > LONGEST_ADDRESS) {
      refuse(`"${address}" is none`);
    }
    if (addresses.indexOf(address) !== index) {
      refuse(`"${address}" is there twice`);
    }
  }
  return addresses;
}
