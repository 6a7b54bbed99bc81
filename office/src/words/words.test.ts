import assert from "node:assert/strict";
import type { Counted } from "../../../common/texts";
import { OFFICE_LANGUAGES, WORDS } from ".";

type Texts = { [key: string]: string | Texts };

/** All texts by their path; those of counted nouns are left to the test of their forms. */
function textsOf(value: Texts, path = ""): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner === "string") return [[`${path}${key}`, inner]];
    return "other" in inner ? [] : textsOf(inner, `${path}${key}.`);
  });
}

function countedOf(value: Texts): Counted[] {
  return Object.values(value).flatMap((inner) => {
    if (typeof inner === "string") return [];
    return "other" in inner ? [inner as unknown as Counted] : countedOf(inner);
  });
}

const texts = (language: keyof typeof WORDS) => new Map(textsOf(WORDS[language] as unknown as Texts));
const braces = (text = "") => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe("the office's words", () => {
  for (const language of OFFICE_LANGUAGES) {
    it(`have the same keys in ${language} as in cs, none empty, each with the same braces`, () => {
      const [here, cs] = [texts(language), texts("cs")];
      assert.deepEqual([...here.keys()].sort(), [...cs.keys()].sort());
      for (const [key, text] of here) {
        assert.ok(text.trim(), key);
        assert.deepEqual(braces(text), braces(cs.get(key)), key);
      }
    });

    it(`have every form that ${language} counts with`, () => {
      const counted = countedOf(WORDS[language] as unknown as Texts);
      assert.ok(counted.length >= 4);
      for (const forms of counted) {
        for (const rule of new Intl.PluralRules(language).resolvedOptions().pluralCategories) {
          assert.ok(forms[rule as keyof Counted]?.includes("#"), `${forms.other}: ${rule}`);
        }
      }
    });
  }
});
