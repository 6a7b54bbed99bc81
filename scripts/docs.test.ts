import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = "docs";
const PAGES = readdirSync(FOLDER).filter((file) => file.endsWith(".md"));

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const withoutCode = readFileSync(join(FOLDER, page), "utf8").replace(/^```.*?^```/gms, "");
  const headings = [...withoutCode.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function isThere(link: string, page: string): boolean {
  const [path = "", anchor] = link.split("#");
  if (path.startsWith("http")) return true;
  const hasFile = path === "" || existsSync(join(FOLDER, path));
  return hasFile && (anchor === undefined || anchorsOf(path || page).includes(anchor));
}

describe("docs/", () => {
  for (const page of PAGES) {
    it(`has one section for each thing in ${page}`, () => {
      const anchors = anchorsOf(page);
      assert.notEqual(anchors.length, 0);
      assert.deepEqual(anchors, [...new Set(anchors)]);
    });

    it(`links from ${page} only to what is there`, () => {
      const links = [...readFileSync(join(FOLDER, page), "utf8").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
      assert.deepEqual(
        links.filter((link) => !isThere(link, page)),
        [],
      );
    });
  }
});
