/**
 * The security table of docs/architecture.md for Pulumi's engine: `pulumi preview --policy-pack policy` refuses what breaks one of its rows.
 *
 * What is not known before it is made is looked at when it is: the engine says so for each such rule.
 */
import { PolicyPack, type ReportViolation, type ResourceValidationPolicy, type StackValidationPolicy } from "@pulumi/policy";
import type { Rule } from "./rule";
import { RULES } from "./rules";

new PolicyPack("goldsport-scheduler", { enforcementLevel: "mandatory", policies: RULES.flatMap(policies) });

/** A rule in Pulumi's form: one policy for single resources, and one for the stack, where it has both to say. */
function policies({ control, asks, against, againstAll }: Rule): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const found: (ResourceValidationPolicy | StackValidationPolicy)[] = [];
  if (against !== undefined) {
    found.push({
      name: control,
      description: asks,
      validateResource: ({ type, name, props }, report) => tell(report, control, against({ type, name, props })),
    });
  }
  if (againstAll !== undefined) {
    found.push({
      name: `${control} (stack)`,
      description: asks,
      validateStack: ({ resources }, report) => {
        for (const problem of againstAll(resources)) {
          tell(report, control, problem);
        }
      },
    });
  }
  return found;
}

function tell(report: ReportViolation, control: string, problem: string | undefined): void {
  if (problem !== undefined) {
    report(`${control}: ${problem}`);
  }
}
