import * as pulumi from "@pulumi/pulumi";

/** The languages that the office is written to in. */
export const LANGUAGES = ["cs", "en", "de", "pl"] as const;

export type OfficeLanguage = (typeof LANGUAGES)[number];

/** Days for which the password of an invitation holds. */
export const INVITATION_DAYS = 7;

/** A mail as Cognito sends it, as HTML: it puts the name of the user in the place of `{username}`, the password or the code in that of `{####}`. */
export interface Mail {
  subject: string;
  message: pulumi.Output<string>;
}

/** What the office is written: who is invited, and who has forgotten the password. */
export interface Mails {
  invitation: Mail;
  code: Mail;
}

type Words = Record<
  "invited" | "at" | "signIn" | "account" | "password" | "first" | "until" | "code" | "codeIs" | "codeUntil" | "notYou",
  string
>;

const WORDS: Record<OfficeLanguage, Words> = {
  cs: {
    invited: "Pozvánka do kanceláře lyžařské školy",
    at: "Dobrý den, byl pro Vás zřízen přístup do kanceláře lyžařské školy:",
    signIn: "Přihlašujete se adresou, na kterou přišel tento e-mail.",
    account: "Účet",
    password: "Dočasné heslo",
    first: "Při prvním přihlášení si zvolíte vlastní heslo.",
    until: `Dočasné heslo platí ${INVITATION_DAYS} dní.`,
    code: "Kód pro kancelář lyžařské školy",
    codeIs: "Váš ověřovací kód je",
    codeUntil: "Platí hodinu.",
    notYou: "Pokud jste o něj nežádali, nemusíte nic dělat.",
  },
  en: {
    invited: "Invitation to the ski school's office",
    at: "Hello, you have been given access to the ski school's office:",
    signIn: "You sign in with the address that this mail came to.",
    account: "Account",
    password: "Temporary password",
    first: "You will choose a password of your own when you sign in for the first time.",
    until: `The temporary password holds for ${INVITATION_DAYS} days.`,
    code: "Code for the ski school's office",
    codeIs: "Your code is",
    codeUntil: "It holds for an hour.",
    notYou: "If you have not asked for it, there is nothing to do.",
  },
  de: {
    invited: "Einladung ins Büro der Skischule",
    at: "Guten Tag, für Sie wurde ein Zugang zum Büro der Skischule eingerichtet:",
    signIn: "Sie melden sich mit der Adresse an, an die diese Mail ging.",
    account: "Konto",
    password: "Vorläufiges Passwort",
    first: "Bei der ersten Anmeldung wählen Sie ein eigenes Passwort.",
    until: `Das vorläufige Passwort gilt ${INVITATION_DAYS} Tage.`,
    code: "Code für das Büro der Skischule",
    codeIs: "Ihr Code lautet",
    codeUntil: "Er gilt eine Stunde.",
    notYou: "Haben Sie ihn nicht angefordert, so ist nichts zu tun.",
  },
  pl: {
    invited: "Zaproszenie do biura szkoły narciarskiej",
    at: "Dzień dobry, utworzono dla Państwa dostęp do biura szkoły narciarskiej:",
    signIn: "Do logowania służy adres, na który przyszła ta wiadomość.",
    account: "Konto użytkownika",
    password: "Hasło tymczasowe",
    first: "Przy pierwszym logowaniu należy wybrać własne hasło.",
    until: `Hasło tymczasowe jest ważne ${INVITATION_DAYS} dni.`,
    code: "Kod do biura szkoły narciarskiej",
    codeIs: "Kod weryfikacyjny",
    codeUntil: "Jest ważny przez godzinę.",
    notYou: "Jeśli nie prosili Państwo o kod, nie trzeba nic robić.",
  },
};

/** The mails in one language; `url` is where the office is. */
export function officeMails(language: OfficeLanguage, url: pulumi.Output<string>): Mails {
  const words = WORDS[language];
  const link = pulumi.interpolate`<a href="${url}">${url}</a>`;
  const how = `<p>${words.signIn}<br>${words.password}: <b>{####}</b></p><p>${words.first} ${words.until}</p>`;
  // Cognito asks for the name under which it has the user: where one signs in by address, that may be a number of its own.
  const account = `<p><small>${words.account}: {username}</small></p>`;
  return {
    invitation: {
      subject: words.invited,
      message: pulumi.interpolate`<p>${words.at}<br>${link}</p>${how}${account}`,
    },
    code: {
      subject: words.code,
      message: pulumi.output(`<p>${words.codeIs}: <b>{####}</b></p><p>${words.codeUntil} ${words.notYou}</p>`),
    },
  };
}
