import { useEffect, useRef } from "preact/hooks";
import { useDesk } from "./context";
import { Icon } from "./icons";
import { printPage } from "./print";

/** The choice of what is printed; it goes away with the choice, with Escape, and when the focus leaves it. */
export function PrintMenu() {
  const { words } = useDesk();
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (isDone: boolean) => {
    if (!menu.current?.open) return;
    menu.current.open = false;
    if (isDone) menu.current.querySelector("summary")?.focus();
  };
  useEffect(() => {
    const outside = ({ target }: Event) => {
      if (!menu.current?.contains(target as Node)) close(false);
    };
    for (const event of ["pointerdown", "focusin"]) addEventListener(event, outside);
    return () => {
      for (const event of ["pointerdown", "focusin"]) removeEventListener(event, outside);
    };
  }, []);
  const choose = (what: "day" | "strips") => {
    close(true);
    printPage(what);
  };
  return (
    <details
      ref={menu}
      class="menu"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !menu.current?.open) return;
        event.stopPropagation();
        close(true);
      }}
    >
      <summary>
        <Icon name="print" />
        {words.print}
      </summary>
      <div class="menu-list">
        <button type="button" onClick={() => choose("day")}>
          {words.printDay}
        </button>
        <button type="button" onClick={() => choose("strips")}>
          {words.printStrips}
        </button>
      </div>
    </details>
  );
}
