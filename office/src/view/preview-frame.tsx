import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { DRAWN, PREVIEW } from "../../../common/preview";
import { TOUCHED_IN_FRAME, TOUCHES } from "../idle";
import { useDesk } from "./context";

/** In which a display that has not come is asked for once more, in milliseconds. */
const PATIENCE = 10_000;

/**
 * The display in a frame that bears documents. Nothing is to be seen of it before it has drawn them, nor where it refuses them.
 *
 * Another address, or other documents, make another frame: give it a `key` of both.
 */
export function PreviewFrame({ address, previewed, isWide }: { address: string; previewed: string; isWide: boolean }) {
  const { words } = useDesk();
  const frame = useRef<HTMLIFrameElement>(null);
  const [attempt, setAttempt] = useState(1);
  const [isTaken, setTaken] = useState<boolean>();
  useLayoutEffect(() => {
    const listener = (event: Event) => setTaken((event as CustomEvent<boolean>).detail);
    const element = frame.current;
    element?.addEventListener(DRAWN, listener);
    return () => element?.removeEventListener(DRAWN, listener);
  }, [attempt]);
  useLayoutEffect(() => {
    if (isTaken !== undefined) return;
    const timer = setTimeout(() => setAttempt(attempt + 1), PATIENCE);
    return () => clearTimeout(timer);
  }, [attempt, isTaken]);
  return (
    <div class={`preview-frame ${isWide ? "preview-wide" : "preview-upright"}`}>
      {!isTaken && <p class="preview-wait">{isTaken === undefined ? words.loading : words.previewRefused}</p>}
      <iframe
        key={attempt}
        ref={frame}
        title={words.previewScreen}
        src={address}
        class={isTaken ? "" : "preview-unseen"}
        onLoad={({ currentTarget: { contentWindow } }) => {
          for (const event of TOUCHES) contentWindow?.addEventListener(event, tellTouch, { passive: true });
        }}
        {...{ [PREVIEW]: previewed }}
      />
    </div>
  );
}

function tellTouch(): void {
  dispatchEvent(new Event(TOUCHED_IN_FRAME));
}
