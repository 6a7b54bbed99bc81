/** The code on the screen that leads a telephone to the list. */

import { encode } from "uqr";

const SVG = "http://www.w3.org/2000/svg";

/** Light squares around the code, as ISO/IEC 18004 asks for. */
const BORDER = 4;

/** Draws `address` as a QR code into `box`. */
export function showCode(box: HTMLElement, address: string): void {
  const { data, size } = encode(address, { ecc: "L", border: BORDER });
  const squares = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")).join(""));
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${size} ${size}`);
  picture.setAttribute("shape-rendering", "crispEdges");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", squares.join(""));
  picture.append(path);
  box.textContent = "";
  box.append(picture);
}
