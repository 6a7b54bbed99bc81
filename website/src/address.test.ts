import assert from "node:assert/strict";
import { readAddress } from "./address";

describe("address", () => {
  it("is Czech with English when nothing is said", () => {
    assert.deepEqual(readAddress(""), {
      languages: ["cs", "en"],
      isDefaultLanguage: true,
      date: undefined,
      time: undefined,
      debug: false,
      rotate: 0,
      qr: true,
      list: false,
      refused: [],
    });
  });

  it("fixes one language, or alternates in the order of the list", () => {
    assert.deepEqual(readAddress("?lang=pl").languages, ["pl"]);
    assert.deepEqual(readAddress("?lang=de, CS,de").languages, ["de", "cs"]);
  });

  it("keeps the languages it knows and reports the others", () => {
    const { languages, refused } = readAddress("?lang=fr,pl");
    assert.deepEqual(languages, ["pl"]);
    assert.deepEqual(refused, [{ parameter: "lang", value: "fr" }]);
  });

  it("reports all unknown languages in one note, so that the notes never crowd out the lessons", () => {
    assert.deepEqual(readAddress("?lang=fr,cs,it").refused, [{ parameter: "lang", value: "fr,it" }]);
  });

  it("falls back to the default languages when none is known", () => {
    assert.deepEqual(readAddress("?lang=__proto__").languages, ["cs", "en"]);
  });

  it("takes a date and a time to try", () => {
    const { date, time, refused } = readAddress("?date=2026-12-27&time=08:50");
    assert.deepEqual([date, time, refused], ["2026-12-27", "08:50", []]);
  });

  for (const date of ["2026-02-30", "27.12.2026", "2026-13-01", "", "9999999-01-01"]) {
    it(`ignores date=${date} and reports it`, () => {
      const address = readAddress(`?date=${date}`);
      assert.equal(address.date, undefined);
      assert.deepEqual(address.refused, [{ parameter: "date", value: date }]);
    });
  }

  for (const time of ["24:00", "8:50", "08:60", "noon", ""]) {
    it(`ignores time=${time} and reports it`, () => {
      const address = readAddress(`?time=${time}`);
      assert.equal(address.time, undefined);
      assert.deepEqual(address.refused, [{ parameter: "time", value: time }]);
    });
  }

  it("knows debug with and without a value", () => {
    assert.deepEqual(
      ["?debug", "?debug=1", "?debug=true", "?lang=cs"].map((search) => readAddress(search).debug),
      [true, true, true, false],
    );
    assert.deepEqual(readAddress("?debug=maybe").refused, [{ parameter: "debug", value: "maybe" }]);
  });

  it("turns the picture by a quarter either way", () => {
    assert.deepEqual(
      ["?rotate=90", "?rotate=270", "?rotate=0", ""].map((search) => readAddress(search).rotate),
      [90, 270, 0, 0],
    );
    assert.deepEqual(readAddress("?rotate=180").refused, [{ parameter: "rotate", value: "180" }]);
    assert.equal(readAddress("?rotate=180").rotate, 0);
  });

  it("leaves the code away with qr=0, and only then", () => {
    assert.deepEqual(
      ["?qr=0", "?qr=1", "", "?qr=no"].map((search) => readAddress(search).qr),
      [false, true, true, true],
    );
    assert.deepEqual(readAddress("?qr=no").refused, [{ parameter: "qr", value: "no" }]);
  });

  it("asks for the list for telephones", () => {
    assert.deepEqual(
      ["?list", "?list=1", ""].map((search) => readAddress(search).list),
      [true, true, false],
    );
    assert.deepEqual(readAddress("?list=maybe").refused, [{ parameter: "list", value: "maybe" }]);
  });

  it("shortens what it reports", () => {
    const [refusal] = readAddress(`?time=${"x".repeat(5000)}`).refused;
    assert.equal(refusal?.value, `${"x".repeat(24)}…`);
  });
});
