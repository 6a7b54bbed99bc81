import assert from "node:assert/strict";
import { isName, isShownAs, mentions } from "./names";
import names from "./shown-names.json";

describe("isName", () => {
  for (const text of ["Novák Petr", "petr novák", " Petr  Novak ", "PETR NOVÁK", "Nova\u0301k Petr"]) {
    it(`finds Petr Novák in "${text}"`, () => assert.ok(isName(text, "Petr Novák")));
  }
  for (const text of ["Petr", "Petra Nováková", "Petr Novák ml.", ""]) {
    it(`does not take "${text}" for Petr Novák`, () => assert.ok(!isName(text, "Petr Novák")));
  }
});

describe("mentions", () => {
  it("finds a full name in a text, either name first", () => {
    assert.ok(mentions("call Petr Novák, +420 000", "Petr Novák"));
    assert.ok(mentions("NOVAK PETR pays", "Petr Novák"));
  });

  it("finds neither a part of a name nor a single word", () => {
    assert.ok(!mentions("Petr Nováková", "Petr Novák"));
    assert.ok(!mentions("call Petr", "Petr"));
  });
});

describe("isShownAs", () => {
  const shown = { name: "Anna", sponsor: "No.Pe." };
  it("knows a participant by the first word and the sponsor's letters", () => {
    assert.ok(isShownAs(shown, "Anna Nováková", "Novák Petr"));
    assert.ok(isShownAs(shown, "Anna", "Novotná dr. Petra"));
    assert.ok(isShownAs({ ...shown, name: "Anna N." }, "Anna Nováková", "Novák Petr"));
    assert.ok(isShownAs({ name: null, sponsor: "No." }, "", "Novák"));
  });

  it("knows them however the name was typed", () => {
    for (const typed of ["Kosová, Anna 8 let", "Anna8", "Anna_Kosová", "Mgr. Anna Kosová", "(Anna) Kosová", "kosova@example.cz Anna"]) {
      assert.ok(isShownAs(shown, typed, "Novák Petr"), typed);
    }
    assert.ok(isShownAs({ ...shown, name: "P4001" }, "P4001", "Novák Petr"));
    assert.ok(isShownAs({ ...shown, name: null }, "kosova@example.cz", "Novák Petr"));
    assert.ok(!isShownAs(shown, "Hanna, 8 let", "Novák Petr"));
  });

  it("knows all that the processor's table of names shows", () => {
    for (const { typed, shown } of names) {
      assert.ok(isShownAs({ name: shown, sponsor: "No.Pe." }, typed, "Novák Petr"), typed);
    }
  });

  it("tells others apart", () => {
    assert.ok(!isShownAs(shown, "Hanna", "Novák Petr"));
    assert.ok(!isShownAs(shown, "Anna", "Novák Jan"));
    assert.ok(!isShownAs(shown, "", "Novák Petr"));
    assert.ok(!isShownAs({ ...shown, name: null }, "Anna", "Novák Petr"));
  });
});
