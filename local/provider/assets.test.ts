import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asset } from "@pulumi/pulumi";
import { unzipSync } from "fflate";
import { archiveZip, assetBytes, plainAssets } from "./assets";
import { ARCHIVE, ASSET, SIGNATURE } from "./values";

describe("assets", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "goldsport-assets-"));
    mkdirSync(join(folder, "package"));
    writeFileSync(join(folder, "handler.py"), "main = 1\n");
    writeFileSync(join(folder, "package", "module.py"), "žluť = 2\n");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("are taken from the program as the engine sends them", async () => {
    assert.deepEqual(await plainAssets({ code: new asset.FileArchive(folder), source: new asset.StringAsset("text"), name: "engine" }), {
      code: { [SIGNATURE]: ARCHIVE, path: folder },
      source: { [SIGNATURE]: ASSET, text: "text" },
      name: "engine",
    });
  });

  it("that lie elsewhere are refused, naming the input", async () => {
    await assert.rejects(plainAssets({ source: new asset.RemoteAsset("https://example.com") }), /knows no RemoteAsset \(source\)/);
  });

  it("hold the bytes of a file, or of a text as UTF-8", async () => {
    const path = join(folder, "package", "module.py");
    assert.equal(Buffer.from(await assetBytes({ [SIGNATURE]: ASSET, path })).toString(), "žluť = 2\n");
    assert.equal(Buffer.from(await assetBytes({ [SIGNATURE]: ASSET, text: "žluť" })).toString(), "žluť");
  });

  it("of a folder become a ZIP of all its files, with their paths below it", async () => {
    const files = unzipSync(await archiveZip({ [SIGNATURE]: ARCHIVE, path: folder }));
    assert.deepEqual(Object.keys(files).sort(), ["handler.py", "package/module.py"]);
    assert.equal(Buffer.from(files["package/module.py"] ?? []).toString(), "žluť = 2\n");
  });

  it("of the same files become the same ZIP, whenever those were written", async () => {
    const before = await archiveZip({ [SIGNATURE]: ARCHIVE, path: folder });
    utimesSync(join(folder, "handler.py"), new Date(2000, 1, 1), new Date(2000, 1, 1));
    assert.deepEqual(await archiveZip({ [SIGNATURE]: ARCHIVE, path: folder }), before);
  });

  it("of an empty folder are refused", async () => {
    rmSync(join(folder, "package"), { recursive: true });
    rmSync(join(folder, "handler.py"));
    await assert.rejects(archiveZip({ [SIGNATURE]: ARCHIVE, path: folder }), /is empty: there is nothing to deploy/);
  });
});
