import assert from "node:assert/strict";
import { cacheControlOf, contentTypeOf } from "./site-files";

describe("contentTypeOf", () => {
  it("knows what a site is made of", () => {
    const types = ["a.css", "icon.svg", "assets/font.woff2", "manifest.webmanifest"].map(contentTypeOf);
    assert.deepEqual(types, ["text/css; charset=utf-8", "image/svg+xml", "font/woff2", "application/manifest+json; charset=utf-8"]);
  });

  it("calls anything else bytes", () => {
    assert.equal(contentTypeOf("unknown.thing"), "application/octet-stream");
  });
});

describe("cacheControlOf", () => {
  it("keeps hashed files for good, and asks about all others", () => {
    assert.equal(cacheControlOf("assets/index-abc.js"), "public, max-age=31536000, immutable");
    assert.equal(cacheControlOf("office/assets/index-abc.js"), "public, max-age=31536000, immutable");
    assert.equal(cacheControlOf("sw.js"), "no-cache");
    assert.equal(cacheControlOf("office/"), "no-cache");
  });
});
