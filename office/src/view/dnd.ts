import { pointerIntersection } from "@dnd-kit/collision";
import { AutoScroller, DragDropManager, Draggable, Droppable, PointerSensor } from "@dnd-kit/dom";
import { DOMRectangle } from "@dnd-kit/dom/utilities";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** What is told of a drag. */
export interface DragEvents {
  onStart: (lessonId: string) => void;
  onMove: (position: { x: number; y: number }) => void;
  /** The place below the pointer, if it is one. */
  onOver: (place: string | undefined) => void;
  /** With nothing when it led nowhere. */
  onEnd: (drop: { lessonId: string; place: string } | undefined) => void;
}

/**
 * Drags by pointer and touch, and scrolls at the edges. By keyboard a lesson is given to somebody from the list of who is free, which is quicker.
 *
 * The library's own picture of what is dragged, its cursor and its announcements come with style elements and with words of its own,
 * which the content security policy and the page's languages do not allow: the page draws and says that itself.
 */
export function createDragging({ onStart, onMove, onOver, onEnd }: DragEvents): DragDropManager {
  const manager = new DragDropManager({ plugins: [AutoScroller], sensors: [PointerSensor] });
  const { monitor, dragOperation } = manager;
  // Places are looked for while what is dragged has a shape, which the library's picture would give it.
  monitor.addEventListener("dragstart", ({ operation }) => {
    const { element } = operation.source ?? {};
    if (element) dragOperation.shape = new DOMRectangle(element);
    onStart(String(operation.source?.id));
  });
  monitor.addEventListener("dragmove", () => {
    // The operation's own position is that before this move.
    requestAnimationFrame(() => {
      onMove(dragOperation.position.current);
      manager.collisionObserver.forceUpdate();
    });
  });
  monitor.addEventListener("dragover", ({ operation }) => onOver(operation.target ? String(operation.target.id) : undefined));
  monitor.addEventListener("dragend", ({ operation, canceled }) => {
    const { source, target } = operation;
    onEnd(source && target && !canceled ? { lessonId: String(source.id), place: String(target.id) } : undefined);
  });
  return manager;
}

/** Makes an element something to drag. */
export function useDraggable(manager: DragDropManager, id: string, element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!element.current) return undefined;
    const draggable = new Draggable({ id, element: element.current }, manager);
    return () => draggable.destroy();
  }, [manager, id, element]);
}

/** Makes an element a place to drop on. */
export function useDroppable(manager: DragDropManager, id: string, element: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!element.current) return undefined;
    const droppable = new Droppable({ id, element: element.current, collisionDetector: pointerIntersection }, manager);
    return () => droppable.destroy();
  }, [manager, id, element]);
}
