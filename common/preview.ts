/**
 * How the office's page has the display show a day before it is published.
 *
 * The frame that the display stands in bears the documents. A display sees its frame only where the page around it is of the same origin, and has
 * none of its own on a screen: nothing else can hand it anything, and nothing is kept.
 */

/**
 * Where the office's page finds the display for it: the very page that screens load, at a place of its own. It alone may be framed, and a browser that
 * also shows the display has no older version of it at hand.
 */
export const PREVIEW_PAGE = "office/preview";

/** The frame's attribute with the documents that stand in the place of the server's: {@link Previewed} as JSON. */
export const PREVIEW = "data-preview";

/** Texts by the paths under which the display asks for them, for example `/data/schedule.json`. */
export type Previewed = Record<string, string>;

/** The event on the frame by which the display says that it is drawn; `detail` is whether it took the day, or refused it as one that breaks the contract. */
export const DRAWN = "previewdrawn";
