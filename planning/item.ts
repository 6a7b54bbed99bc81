/** A value as DynamoDB spells it, as far as the table's items go. */
export interface Spelled {
  S?: string | undefined;
  N?: string | undefined;
  BOOL?: boolean | undefined;
  NULL?: boolean | undefined;
  L?: Spelled[] | undefined;
  M?: Record<string, Spelled> | undefined;
}

/** A value from DynamoDB's form; items hold texts, numbers, nulls, truth values, lists and maps. */
export function plain(value: Spelled): unknown {
  if (value.L !== undefined) return value.L.map(plain);
  if (value.M !== undefined) return Object.fromEntries(Object.entries(value.M).map(([name, inner]) => [name, plain(inner)]));
  if (value.N !== undefined) return Number(value.N);
  return value.NULL === true ? null : (value.S ?? value.BOOL);
}
