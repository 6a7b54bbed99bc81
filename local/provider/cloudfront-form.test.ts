import assert from "node:assert/strict";
import { fromForm, toForm } from "./cloudfront-form";

const inputs = {
  name: "data",
  minTtl: 0,
  parametersInCacheKeyAndForwardedToOrigin: { headersConfig: { headerBehavior: "whitelist", headers: { items: ["Accept", "Origin"] } } },
  viewerCertificate: { cloudfrontDefaultCertificate: true },
};

const form = {
  Name: "data",
  MinTTL: 0,
  ParametersInCacheKeyAndForwardedToOrigin: {
    HeadersConfig: { HeaderBehavior: "whitelist", Headers: { Items: ["Accept", "Origin"], Quantity: 2 } },
  },
  ViewerCertificate: { CloudFrontDefaultCertificate: true },
};

describe("CloudFront's form", () => {
  it("spells names its own way, and counts its lists", () => assert.deepEqual(toForm(inputs), form));

  it("is read back into the inputs that it was made from", () => assert.deepEqual(fromForm(form), inputs));
});
