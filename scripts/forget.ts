import { Command } from "commander";
import { run, UserError } from "../stack/command";
import { confirmed } from "./confirm";
import { connect } from "./connect";
import { type Found, isNobody, search } from "./forget/found";
import { planOf, remove } from "./forget/removal";
import type { Entry } from "./forget/shown";

interface Options {
  stack: string;
  name: string;
  sponsor?: string;
  yes?: true;
}

/** What was found, and what removing it comes to, in lines for people. */
export function foundLines(found: Found): string[] {
  const { rewritten, deleted } = planOf(found);
  return [
    ...section(
      "uploads",
      found.uploads.map(({ key, holds }) => `${key}: ${holds}`),
    ),
    ...section("table", found.table.map(entryLine)),
    ...section("documents", found.documents.map(entryLine)),
    ...section("to be deleted, as a newer upload is in force", deleted),
    ...section("to be written anew without them; table and documents follow", rewritten),
  ];
}

function entryLine({ place, shows }: Entry): string {
  return `${place}: ${shows}`;
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

if (require.main === module) {
  const command = new Command("forget")
    .description("Finds what a stack holds of a person: in uploads, table and documents. Removes it when confirmed.")
    .requiredOption("--stack <name>", "the stack, or `local` for the one that `npm start` runs")
    .requiredOption("--name <full name>", "a participant, a sponsor or an instructor, as the bookings have the name")
    .option("--sponsor <full name>", "only this sponsor's participant of that name")
    .option("--yes", "remove without being asked")
    .parse();
  run(async () => {
    const { stack: name, yes, ...person } = command.opts<Options>();
    if (person.name.trim() === "") {
      throw new UserError("--name is empty: it must be a full name as the bookings have it");
    }
    const stack = await connect(name);
    const found = await search(stack, person);
    if (isNobody(found)) {
      console.log(`nothing is held of ${person.name}`);
      return;
    }
    console.log(foundLines(found).join("\n"));
    if (yes !== true && !(await confirmed("Remove all of it"))) {
      console.log("nothing was removed");
      return;
    }
    await remove(stack, found, console.log);
    console.log(
      "nothing of it is left in uploads, table and documents.\n" +
        "The next export brings back what the booking system still holds. Backups of the table forget within 35 days, displays within minutes.",
    );
  });
}
