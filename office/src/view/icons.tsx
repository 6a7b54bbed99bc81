import { lookUp } from "../../../common/texts";

/** Small drawings, all from lines on a square of 20. */
const PATHS = {
  left: "M12 4 6 10l6 6",
  right: "m8 4 6 6-6 6",
  undo: "M8 4 4 8l4 4M4 8h8a4 4 0 0 1 0 8h-2",
  redo: "m12 4 4 4-4 4m4-4H8a4 4 0 0 0 0 8h2",
  warning: "M10 3 2 17h16L10 3Zm0 5v4m0 2.5v.5",
  pin: "M10 18s6-6 6-10a6 6 0 0 0-12 0c0 4 6 10 6 10Zm0-8a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
  file: "M5 2h7l4 4v12H5V2Zm7 0v4h4",
  close: "m5 5 10 10M15 5 5 15",
  tick: "m4 11 4 4 8-10",
  magic: "M4 16 14 6m-2-4v3m5 2h-3m1 5v-2M6 3v2M4 4h4",
  print: "M6 7V3h8v4M6 14H3V7h14v7h-3m-8-3h8v6H6v-6Z",
  more: "M3 5h14M3 10h14M3 15h14",
} as const;

/** The display's signs of a lesson's kind, filled: one person, two, three, and a square on its point. */
const KINDS: Record<string, string> = {
  private:
    "M10 1.700a3.700 3.700 0 1 0 0 7.400 3.700 3.700 0 1 0 0-7.400ZM3.300 18.300c0-4.600 2.500-7.500 6.700-7.500s6.700 2.900 6.700 7.500z",
  "small-group":
    "M6.300 2.900a3.300 3.300 0 1 0 0 6.700 3.300 3.300 0 1 0 0-6.700ZM.8 17.500c0-4.200 2.100-6.700 5.400-6.700s5.400 2.500 5.400 6.700zM15 2.900a3.300 3.300 0 1 0 0 6.700 3.300 3.300 0 1 0 0-6.700Zm-2.100 14.600c0-2.500-.4-4.200-1.700-5.800.8-.8 2.100-.8 3.800-.8 2.500 0 4.200 2.500 4.200 6.700z",
  "large-group":
    "M10 1.700a2.900 2.900 0 1 0 0 5.800 2.900 2.900 0 1 0 0-5.800ZM5.400 12.500c0-2.900 1.700-4.600 4.600-4.600s4.600 1.700 4.600 4.600zM5 9.200a2.500 2.500 0 1 0 0 5 2.500 2.500 0 1 0 0-5ZM.8 18.800c0-2.900 1.300-4.200 4.200-4.200s4.200 1.300 4.200 4.200zM15 9.200a2.500 2.500 0 1 0 0 5 2.500 2.500 0 1 0 0-5Zm-4.200 9.600c0-2.900 1.300-4.200 4.200-4.200s4.200 1.300 4.200 4.200z",
};
const OTHER = "M10 1.700 18.300 10 10 18.300 1.700 10z";

export type IconName = keyof typeof PATHS;

/** A drawing that says nothing to those who cannot see it: what stands beside it does. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The sign of a lesson's kind, as the display has it. */
export function KindIcon({ type }: { type: string }) {
  return (
    <svg class="icon icon-kind" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={lookUp(KINDS, type) ?? OTHER} />
    </svg>
  );
}
