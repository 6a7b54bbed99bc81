import type { EngineEvent } from "@pulumi/pulumi/automation";

/** What an operation did, or would do: the resources, as `type name`, by what happens to them. Those that stay as they are, are left out. */
export type Changes = Record<string, string[]>;

/** What the engine said of one operation. */
export class Operation {
  constructor(private readonly events: EngineEvent[] = []) {}

  /** What was planned. */
  planned(): Changes {
    return grouped(this.events.flatMap(({ resourcePreEvent }) => (resourcePreEvent === undefined ? [] : [resourcePreEvent.metadata])));
  }

  /** What was done. */
  done(): Changes {
    return grouped(this.events.flatMap(({ resOutputsEvent }) => (resOutputsEvent === undefined ? [] : [resOutputsEvent.metadata])));
  }

  /** The resources, as `type name`, in the order in which work on them began, and in which it ended. */
  order(): { begun: string[]; ended: string[] } {
    return {
      begun: this.events.flatMap(({ resourcePreEvent: begun }) => (begun === undefined ? [] : [label(begun.metadata)])),
      ended: this.events.flatMap(({ resOutputsEvent: ended }) => (ended === undefined ? [] : [label(ended.metadata)])),
    };
  }

  /** The resources, as `type name`, on which work had ended when it began on `which`. */
  endedBefore(which: string): string[] {
    const began = this.events.findIndex(({ resourcePreEvent: begun }) => begun !== undefined && label(begun.metadata) === which);
    return this.events.slice(0, began).flatMap(({ resOutputsEvent: ended }) => (ended === undefined ? [] : [label(ended.metadata)]));
  }

  /** What the engine said went wrong, in its words, each once. */
  errors(): string[] {
    const said = this.events.flatMap(({ diagnosticEvent }) => (diagnosticEvent?.severity === "error" ? [diagnosticEvent.message] : []));
    return [...new Set(said.map((message) => message.replace(/<\{%.*?%\}>/g, "").trim()))];
  }
}

interface Step {
  op: string;
  urn: string;
  type: string;
}

function label({ urn, type }: Step): string {
  return `${type} ${urn.split("::").slice(3).join("::")}`;
}

function grouped(steps: Step[]): Changes {
  const changes: Changes = {};
  for (const step of steps.filter(({ op }) => op !== "same" && op !== "refresh" && op !== "read")) {
    changes[step.op] = [...new Set([...(changes[step.op] ?? []), label(step)])].sort();
  }
  return changes;
}
