import type { Items } from "../../../common/items";
import { plain, type Spelled } from "../../../planning/item";
import type { Settings } from "../settings";
import type { Credentials, Surroundings } from "./credentials";
import { answerOf, Trouble } from "./trouble";

type Item = Record<string, Spelled>;

/** Reads the table. */
export class Table implements Items {
  constructor(
    private readonly settings: Settings,
    private readonly credentials: Credentials,
    private readonly surroundings: Surroundings,
  ) {}

  /**
   * The items of a partition whose sort keys lie between two, both included; all that begins with `from` when there is no `to`.
   *
   * @throws Trouble
   */
  async query<T>(partition: string, from: string, to?: string, { newest }: { newest?: number } = {}): Promise<T[]> {
    const values: Item = { ":pk": { S: partition }, ":from": { S: from }, ...(to === undefined ? {} : { ":to": { S: to } }) };
    const condition = to === undefined ? "begins_with(SK, :from)" : "SK BETWEEN :from AND :to";
    const found: T[] = [];
    let next: Item | undefined;
    do {
      const page: { Items?: Item[]; LastEvaluatedKey?: Item } = await this.ask("Query", {
        KeyConditionExpression: from === "" && to === undefined ? "PK = :pk" : `PK = :pk AND ${condition}`,
        ExpressionAttributeValues: from === "" && to === undefined ? { ":pk": values[":pk"] } : values,
        ConsistentRead: true,
        ...(newest === undefined ? {} : { ScanIndexForward: false, Limit: newest }),
        ...(next === undefined ? {} : { ExclusiveStartKey: next }),
      });
      found.push(...(page.Items ?? []).map((item) => plain({ M: item }) as T));
      next = newest === undefined ? page.LastEvaluatedKey : undefined;
    } while (next !== undefined);
    return found;
  }

  /**
   * One item; undefined when there is none.
   *
   * @throws Trouble
   */
  async get<T>(partition: string, sortKey: string): Promise<T | undefined> {
    const { Item: item } = await this.ask<{ Item?: Item }>("GetItem", {
      Key: { PK: { S: partition }, SK: { S: sortKey } },
      ConsistentRead: true,
    });
    return item === undefined ? undefined : (plain({ M: item }) as T);
  }

  private async ask<T>(action: "Query" | "GetItem", request: object, isSecond = false): Promise<T> {
    const { client } = await this.credentials.lend();
    const { endpoints, region, dataTableName } = this.settings;
    const signed = await client.sign(`${endpoints.dynamodb}/`, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `DynamoDB_20120810.${action}` },
      body: JSON.stringify({ TableName: dataTableName, ...request }),
      aws: { service: "dynamodb", region, datetime: signingTime(this.surroundings.now()) },
    });
    const { fetch, delay } = this.surroundings;
    const response = await answerOf((signal) => fetch(signed.clone(), { signal }), delay);
    if (response.ok) return (await response.json()) as T;
    const text = await response.text();
    if (/ExpiredToken|UnrecognizedClient|InvalidSignature|MissingAuthentication/.test(text)) {
      this.credentials.forget();
      if (!isSecond) return this.ask(action, request, true);
      throw new Trouble("signed-out", text);
    }
    throw new Trouble(/AccessDenied/.test(text) ? "forbidden" : "refused", `${action}: ${response.status} ${text}`);
  }
}

/** A moment as signatures bear it: `20261227T064012Z`. */
export function signingTime(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
