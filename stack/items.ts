import { GetItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Items } from "../common/items";
import { plain } from "../planning/item";
import type { Stack } from "./stack";

/** Reads a stack's table. */
export function itemsOf({ clients, outputs }: Pick<Stack, "clients" | "outputs">): Items {
  const table = { TableName: outputs.dataTableName, ConsistentRead: true };
  return {
    async get<T>(partition: string, sortKey: string) {
      const { Item: item } = await clients.dynamodb.send(
        new GetItemCommand({ ...table, Key: { PK: { S: partition }, SK: { S: sortKey } } }),
      );
      return item === undefined ? undefined : (plain({ M: item }) as T);
    },
    async query<T>(partition: string, from: string, to?: string) {
      const values = {
        ":partition": { S: partition },
        ...(from !== "" && { ":from": { S: from } }),
        ...(to !== undefined && { ":to": { S: to } }),
      };
      const between = to === undefined ? " AND begins_with(SK, :from)" : " AND SK BETWEEN :from AND :to";
      const condition = `PK = :partition${from === "" ? "" : between}`;
      const request = { ...table, KeyConditionExpression: condition, ExpressionAttributeValues: values };
      const found: T[] = [];
      for await (const { Items = [] } of paginateQuery({ client: clients.dynamodb }, request)) {
        found.push(...Items.map((item) => plain({ M: item }) as T));
      }
      return found;
    },
  };
}
