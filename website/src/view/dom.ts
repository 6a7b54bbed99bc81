/** Builds elements. Text only ever becomes text nodes, so nothing that comes from outside can become markup. */

type Child = Node | string | false | undefined;

/**
 * An element with attributes and children.
 *
 * @example element("p", { class: "clock" }, "8:50")
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string | undefined>,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A pictogram; with a `label` it speaks for itself, without one it only accompanies words. */
export function icon(name: string, label?: string): HTMLElement {
  return element("span", { class: `icon icon-${name}`, ...(label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" }) });
}

/** Puts `children` into `parent` unless they are there already, so that a refresh touches nothing that stays the same. */
export function update(parent: Element, ...children: Node[]): void {
  const same =
    parent.childNodes.length === children.length && children.every((child, index) => parent.childNodes[index]?.isEqualNode(child));
  if (!same) fillWith(parent, ...children);
}

/** Puts `children` in the place of all that `parent` holds. */
export function fillWith(parent: Element, ...children: Node[]): void {
  parent.textContent = "";
  parent.append(...children);
}
