import assert from "node:assert/strict";
import type { Participant } from "../../../common/documents";
import { lesson } from "../testing/documents";
import { isMeant, lessonsFor, plain } from "./search";

const person = (name: string | null, sponsor = "No.Pe."): Participant => ({ name, sponsor, language: "cs" });

describe("the search for a name", () => {
  it("needs no accents, no capitals and no foreign letters", () => {
    assert.equal(plain("Łucja ŠŤASTNÁ-Müller  ß"), "lucja stastna muller ss");
    for (const typed of ["zofie", "ŽOFIE", "Žofie".normalize("NFD")]) assert.ok(isMeant(person("Žofie"), typed), typed);
  });

  it("takes the beginning of a name, and not its middle", () => {
    assert.ok(isMeant(person("Kamil"), "ka"));
    assert.ok(!isMeant(person("Kamil"), "mil"));
  });

  it("takes name and sponsor together, and the sponsor alone for a person without a name", () => {
    assert.ok(isMeant(person("Anna"), "anna no"));
    assert.ok(!isMeant(person("Anna"), "anna ko"));
    assert.ok(isMeant(person(null), "No.Pe."));
  });

  it("finds the lessons on which somebody is meant, and all while nothing is typed", () => {
    const lessons = [lesson(1, "09:00", "10:50", { participants: [person("Ole"), person("Anna")] }), lesson(2, "11:00", "12:50")];
    const found = (query: string) => lessonsFor(lessons, query).map(({ id }) => id);
    assert.deepEqual(found("ole"), [lessons[0]?.id]);
    assert.equal(found("anna").length, 2);
    assert.equal(found("  . ").length, 2);
    assert.deepEqual(found("nobody"), []);
  });
});
