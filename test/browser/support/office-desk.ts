/** An office's page for each test of a file, on a day with something to mend, on the screens that offices have. */

import assert from "node:assert/strict";
import type { FakeAws } from "../../../office/src/testing/aws";
import type { Clerk } from "./clerk";
import { type Found, type Opened, openOffice } from "./office";
import { troubledDay } from "./office-days";
import { browser } from "./world";

export const DESK = { width: 1280, height: 800 };
export const TABLET = { width: 1024, height: 768 };
export const UPRIGHT = { width: 768, height: 1024 };
export const TELEPHONE = { width: 390, height: 844 };

/** What a file's tests open, one at a time; it is closed after each, which fails where it complained. */
export interface Office {
  open(found?: Partial<Found>): Promise<Clerk>;
  /** The AWS that the page speaks to. */
  aws(): FakeAws;
}

/** For the tests of the `describe` in which it is called. */
export function anOffice(): Office {
  let opened: Opened | undefined;
  afterEach(async () => {
    await opened?.clerk.leave();
    opened = undefined;
  });
  return {
    open: async (found = {}) => {
      opened = await openOffice(browser(), { day: troubledDay(), ...found });
      return opened.clerk;
    },
    aws: () => (opened ?? assert.fail("nothing is open")).aws,
  };
}

/** The lessons that are to be seen in a part of the page. */
export function bars({ page }: Clerk, where: string) {
  return page.locator(`${where} [data-lesson]:visible`);
}
