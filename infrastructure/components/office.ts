import { join } from "node:path";
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BuiltSite } from "../built";
import type { OfficeAddresses } from "./office-addresses";
import { officeRights } from "./office-rights";
import { invite, type OfficeUsersArgs, officeUsers } from "./office-users";
import { inWaves, putFile, type SiteBucket } from "./site-files";
import { OFFICE_PATH } from "./website-delivery";

/** Where a browser is sent that leaves out the slash at the end. */
const REDIRECT = `<!DOCTYPE html><meta charset="utf-8"><title>GoldSport</title><meta http-equiv="refresh" content="0; url=/${OFFICE_PATH}">`;

/** The identity pool and the role bear the user pool's name. */
export interface OfficeArgs extends Omit<OfficeUsersArgs, "url"> {
  /** Addresses of those who are invited. */
  users: string[];
  site: BuiltSite;
  /** The website's bucket, which holds the page too. */
  bucket: SiteBucket;
  websiteUrl: pulumi.Output<string>;
  /** What else the page is told. */
  told: {
    region: string;
    inputBucketName: pulumi.Input<string>;
    dataTableName: pulumi.Input<string>;
    /** IANA name of the school's time zone. */
    timeZone: string;
    /** The largest upload that is read. */
    maxUploadMib: number;
    addresses: pulumi.Output<OfficeAddresses>;
  };
}

/**
 * The office's page, those who may use it, and the role in which they do.
 *
 * The role may do nothing by itself: what it reads and writes is granted by the owners of the bucket and of the table.
 */
export class Office extends pulumi.ComponentResource {
  /** Where the page is. */
  readonly url: pulumi.Output<string>;
  readonly userPoolId: pulumi.Output<string>;
  readonly clientId: pulumi.Output<string>;
  readonly role: aws.iam.Role;
  private readonly users: string[];
  /** What an invitation leads to. */
  private readonly ready: pulumi.Resource[];

  constructor(
    private readonly name: string,
    args: OfficeArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("goldsport:index:Office", name, {}, opts);

    this.url = pulumi.interpolate`${args.websiteUrl}/${OFFICE_PATH}`;
    const { pool, client, signInPages } = officeUsers(this, name, { ...args, url: this.url }, args.told.addresses.signIn);
    const { role, lending } = officeRights(this, name, args.physicalName, pool, client);
    this.userPoolId = pool.id;
    this.clientId = client.id;
    this.role = role;
    this.users = args.users;
    this.ready = [signInPages, ...this.upload(args, this.settingsFile(args, lending.identityPoolId))];
    this.registerOutputs({ url: this.url, userPoolId: this.userPoolId, clientId: this.clientId });
  }

  /** Invites the users, once the page and all of `after` is there. */
  invite(after: pulumi.Resource[]): void {
    for (const address of this.users) {
      invite(this, this.name, this.userPoolId, address, [...this.ready, ...after]);
    }
  }

  /** What the page has to know of its stack, as JSON. Nothing of it is secret. */
  private settingsFile({ told, language }: OfficeArgs, identityPoolId: pulumi.Output<string>): pulumi.Output<string> {
    const { addresses, ...stack } = told;
    const { signIn: signInUrl, cognitoIdp, cognitoIdentity, s3, dynamodb } = addresses;
    const { userPoolId, clientId } = this;
    const endpoints = { cognitoIdp, cognitoIdentity, s3, dynamodb };
    return pulumi.jsonStringify({ ...stack, language, userPoolId, clientId, identityPoolId, signInUrl, endpoints }, undefined, 2);
  }

  /** Puts the page after all that it needs, as the website does. Its key ends with a slash, as CloudFront asks for what the address says. */
  private upload({ site, bucket }: OfficeArgs, settings: pulumi.Output<string>): pulumi.Resource[] {
    const put = (file: string, content: Parameters<typeof putFile>[3]["content"], before: pulumi.Resource[], key = OFFICE_PATH + file) =>
      putFile(this, `${this.name}/${file}`, bucket, { key, content, likeFile: file, isKept: false }, before);
    let before: pulumi.Resource[] = [put("settings.json", { text: settings }, [])];
    for (const files of inWaves(site.files)) {
      const keys = files.map((file): [string, string | undefined] => [file, file === "index.html" ? OFFICE_PATH : undefined]);
      before = [...before, ...keys.map(([file, key]) => put(file, { path: join(site.folder, file) }, before, key))];
    }
    return [...before, put("redirect.html", { text: REDIRECT }, before, OFFICE_PATH.replace("/", ""))];
  }
}
