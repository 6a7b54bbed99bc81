import { OFFICE_LANGUAGES, type OfficeLanguage, WORDS } from "../words";

/** The choice of the page's language. */
export function Languages({ chosen, speak }: { chosen: OfficeLanguage; speak: (language: OfficeLanguage) => void }) {
  return (
    <span class="languages">
      {OFFICE_LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={chosen === language}
          aria-label={`${WORDS[chosen].language}: ${language}`}
          onClick={() => speak(language)}
        >
          {language.toUpperCase()}
        </button>
      ))}
    </span>
  );
}
