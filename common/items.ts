/** What reads the table, with whatever client. Items come as plain values. */
export interface Items {
  /** One item; undefined when there is none. */
  get<T>(partition: string, sortKey: string): Promise<T | undefined>;
  /** The items of a partition whose sort keys lie between two, both included; all that begins with `from` when there is no `to`. */
  query<T>(partition: string, from: string, to?: string): Promise<T[]>;
}
