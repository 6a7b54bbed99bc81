/** Small drawings, all from lines on a square of 20. */
const PATHS = {
  left: "M12 4 6 10l6 6",
  right: "m8 4 6 6-6 6",
  undo: "M8 4 4 8l4 4M4 8h8a4 4 0 0 1 0 8h-2",
  redo: "m12 4 4 4-4 4m4-4H8a4 4 0 0 0 0 8h2",
  warning: "M10 3 2 17h16L10 3Zm0 5v4m0 2.5v.5",
  people: "M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5 8c0-3 2-5 5-5s5 2 5 5m1-8a3 3 0 0 0 0-6m5 14c0-3-1.500-4.500-3.500-5",
  pin: "M10 18s6-6 6-10a6 6 0 0 0-12 0c0 4 6 10 6 10Zm0-8a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  file: "M5 2h7l4 4v12H5V2Zm7 0v4h4",
  close: "m5 5 10 10M15 5 5 15",
  tick: "m4 11 4 4 8-10",
  magic: "M4 16 14 6m-2-4v3m5 2h-3m1 5v-2M6 3v2M4 4h4",
  print: "M6 7V3h8v4M6 14H3V7h14v7h-3m-8-3h8v6H6v-6Z",
} as const;

export type IconName = keyof typeof PATHS;

/** A drawing that says nothing to those who cannot see it: what stands beside it does. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
