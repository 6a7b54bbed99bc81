import { stackConfiguration } from "../infrastructure/configuration";
import goldsportScheduler from "../infrastructure/index";
import { record } from "../infrastructure/testing/recorder";
import type { Resources } from "./scale-page";

const FETCHES = {
  "goldsport-scheduler:exportUrl": "https://bookings.example.com/export",
  "goldsport-scheduler:exportSecret": "/goldsport/export",
};

const OFFICE = { "goldsport-scheduler:officeUsers": "anna@example.com" };

/** The resources of a stack without the fetching function, with it, and with an office, too, by running the program against mocks. */
export async function stackResources(): Promise<{ plain: Resources; fetching: Resources; office: Resources }> {
  return { plain: await resourcesOf({}), fetching: await resourcesOf(FETCHES), office: await resourcesOf({ ...FETCHES, ...OFFICE }) };
}

async function resourcesOf(settings: Record<string, string>): Promise<Resources> {
  const { registrations } = await record(goldsportScheduler, { ...stackConfiguration("prod"), ...settings }, "prod");
  const counts: Resources = {};
  for (const { type } of registrations) {
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}
