/** The bar that `?debug` brings: one page back, one page on, pause, by button or by key. */

import type { Dictionary } from "../../../common/texts";
import { element, update } from "./dom";

export interface DebugActions {
  previous(): void;
  next(): void;
  togglePause(): void;
}

export class DebugBar {
  private readonly back = element("button", { type: "button" });
  private readonly pause = element("button", { type: "button" });
  private readonly on = element("button", { type: "button" });
  private readonly state = element("p", { class: "debug-state" });

  constructor(bar: HTMLElement, actions: DebugActions) {
    bar.append(this.back, this.pause, this.on, this.state);
    this.back.addEventListener("click", actions.previous);
    this.pause.addEventListener("click", actions.togglePause);
    this.on.addEventListener("click", actions.next);
    addEventListener("keydown", (event) => {
      const action = { ArrowLeft: actions.previous, ArrowRight: actions.next, " ": actions.togglePause }[event.key];
      if (!action) return;
      // Otherwise the space bar also presses the button that has the focus.
      event.preventDefault();
      action();
    });
  }

  update(words: Dictionary, isPaused: boolean, state: string): void {
    update(this.back, new Text(`← ${words.previous}`));
    update(this.pause, new Text(isPaused ? words.resume : words.pause));
    update(this.on, new Text(`${words.next} →`));
    update(this.state, new Text(state));
  }
}
