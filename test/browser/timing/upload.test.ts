import assert from "node:assert/strict";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { addDays, instantOf, localParts } from "../../../common/clock";
import { ZONE } from "../../../website/src/testing/documents";
import { eventually, openScreen } from "../support/screen";
import { emptyStack, stack } from "../support/world";

/** In which an upload has to be on the screen, in milliseconds. */
const WITHIN = 20_000;

/** Tomorrow, since the processor publishes nothing that is long past. */
const DATE = addDays(localParts(Date.now(), ZONE).date, 1);

/** An export with one private lesson at nine, for each of these participants. */
function orders(...names: string[]): string {
  const instant = (time: string) => new Date(instantOf(DATE, time, ZONE)).toISOString().replace(".000Z", "Z");
  const columns: Record<string, (name: string, index: number) => string> = {
    id_order: (_, index) => `${index + 1}`,
    location_meeting: () => "Rýžoviště",
    level: () => "lyže začátečník",
    group_size: () => "privát",
    language: () => "cz",
    name_sponsor: () => "Novotná Petra",
    name_participant: (name) => name,
    age_participant: () => "7",
    date_lesson: () => DATE.split("-").reverse().join("."),
    timestamp_start_lesson: () => instant("09:00"),
    timestamp_end_lesson: () => instant("10:50"),
    note: () => "",
    booking_id: () => "",
  };
  const rows = names.map((name, index) => Object.values(columns).map((cell) => cell(name, index)));
  return [Object.keys(columns), ...rows].map((cells) => `${cells.join("\t")}\n`).join("");
}

async function upload(name: string, text: string): Promise<void> {
  const { clients, outputs } = stack();
  await clients.s3.send(new PutObjectCommand({ Bucket: outputs.inputBucketName, Key: `orders/${name}.tsv`, Body: text }));
}

describe("an upload", () => {
  after(emptyStack);

  it("is on the screen within 20 seconds, the first as well as a change", async () => {
    // The lessons have begun: their page is the only one.
    const screen = await openScreen({ date: DATE, time: "09:10" });
    await screen.see(".page-no-data");
    for (const names of [["Žofinka"], ["Žofinka", "Bartoloměj"]]) {
      const uploadedAt = Date.now();
      await upload(`season-${names.length}`, orders(...names));
      await eventually(async () => assert.deepEqual((await screen.texts(".page:last-child .name")).sort(), [...names].sort()), WITHIN);
      console.log(`      ${Date.now() - uploadedAt} ms after the upload`);
    }
  });
});
