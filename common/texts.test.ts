import assert from "node:assert/strict";
import { type Counted, count, DICTIONARIES, duration, fill, inMinutes, LANGUAGES, longDate, shortDate, shorten, translate } from "./texts";

const LEVELS = ["lyže začátečník", "dětská školka", "snowboard začátečník", "lyže pokročilý", "snowboard pokročilý", "běžky začátečník"];

/** All keys of a dictionary, nested ones included; of counted nouns only that they are there. */
function keysOf(value: object, path = ""): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" && !("other" in inner) ? keysOf(inner, `${path}${key}.`) : [`${path}${key}`],
  );
}

describe("texts", () => {
  for (const language of LANGUAGES) {
    const words = DICTIONARIES[language];

    it(`has the same keys in ${language} as in cs`, () => {
      assert.deepEqual(keysOf(words).sort(), keysOf(DICTIONARIES.cs).sort());
    });

    it(`has no empty text in ${language}, and the same braces as in cs`, () => {
      for (const [key, text] of Object.entries(words)) {
        if (typeof text !== "string") continue;
        assert.ok(text.trim(), key);
        const braces = (candidate: unknown) => [...String(candidate).matchAll(/\{\w+\}/g)].map(String).sort();
        assert.deepEqual(braces(text), braces(DICTIONARIES.cs[key as keyof typeof words]), key);
      }
    });

    it(`has every form that ${language} counts with`, () => {
      for (const forms of [words.lessons, words.people]) {
        for (const rule of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
          assert.ok(forms[rule as keyof Counted]?.includes("#"), rule);
        }
      }
    });

    it(`translates every level and place of the school into ${language}`, () => {
      for (const level of LEVELS) assert.ok(Object.hasOwn(words.levels, level), level);
      for (const place of ["rýžoviště", "stone bar"]) assert.ok(Object.hasOwn(words.places, place), place);
    });
  }

  it("counts as each language does", () => {
    assert.deepEqual(
      [1, 2, 5, 22].map((number) => count(number, DICTIONARIES.cs.lessons, "cs")),
      ["1 lekce", "2 lekce", "5 lekcí", "22 lekcí"],
    );
    assert.deepEqual(
      [1, 2, 5, 22].map((number) => count(number, DICTIONARIES.pl.lessons, "pl")),
      ["1 lekcja", "2 lekcje", "5 lekcji", "22 lekcje"],
    );
    assert.equal(count(1, DICTIONARIES.en.people, "en"), "1 participant");
  });

  it("translates a level however it is spaced, capitalised or composed", () => {
    assert.equal(translate("  Lyže  ZAČÁTEČNÍK ".normalize("NFD"), DICTIONARIES.de.levels), "Ski – Anfänger");
  });

  it("shows an unknown word as the school wrote it", () => {
    assert.equal(translate("Freeride Profi", DICTIONARIES.cs.levels), "Freeride Profi");
  });

  it("knows no words but its own, whatever objects inherit", () => {
    for (const word of ["constructor", "__proto__", "toString"]) assert.equal(translate(word, DICTIONARIES.cs.types), word);
  });

  it("fills in braces, leaves unknown ones, and fills nothing twice", () => {
    assert.equal(fill("{a} {b} {toString}", { a: "{b}", b: "$&" }), "{b} $& {toString}");
  });

  it("shortens only what cannot be a name", () => {
    assert.equal(shorten("Anna".repeat(30)), "Anna".repeat(30));
    const short = shorten("😀".repeat(500));
    assert.equal([...short].length, 120);
    assert.ok(short.endsWith("😀…"));
  });

  it("writes dates as each language does", () => {
    assert.deepEqual(
      LANGUAGES.map((language) => longDate("2026-12-27", language)),
      ["Neděle 27. prosince", "Sunday 27 December", "Sonntag, 27. Dezember", "Niedziela, 27 grudnia"],
    );
    assert.equal(shortDate("2026-12-27", "cs"), "27. 12.");
  });

  it("writes differences between clocks in the largest units that tell", () => {
    const minute = 60_000;
    assert.deepEqual(
      [3, 60, 125, -125, 47 * 60, 49 * 60, 366 * 24 * 60].map((minutes) => duration(minutes * minute)),
      ["3 min", "1 h", "2 h 5 min", "2 h 5 min", "47 h", "2 d", "366 d"],
    );
  });

  it("says in how many minutes as each language does", () => {
    assert.deepEqual(
      LANGUAGES.map((language) => inMinutes(10, language)),
      ["za 10 min", "in 10 min.", "in 10 Min.", "za 10 min"],
    );
  });
});
