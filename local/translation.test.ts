import assert from "node:assert/strict";
import { officeAddresses } from "../infrastructure/components/office-addresses";
import { headerHere, headerInAws, type Places, parametersInAws, policyHere, settingsHere } from "./translation";

const DISTRIBUTION = "https://d111111abcdef8.cloudfront.net";
const EDGE = "http://127.0.0.1:8080";
const DOOR = "http://127.0.0.1:9090";

const places: Places = {
  distribution: DISTRIBUTION,
  edge: EDGE,
  door: DOOR,
  addresses: officeAddresses("eu-central-1", "goldsport-local-000000000000", "the-bucket"),
  inputBucketName: "the-bucket",
};

describe("a browser on this machine", () => {
  it("finds in the page's settings where AWS answers here, the bucket by its path", () => {
    const { signIn: signInUrl, ...endpoints } = places.addresses;
    const settings = JSON.parse(settingsHere(JSON.stringify({ region: "eu-central-1", signInUrl, endpoints }), places));
    assert.deepEqual(settings, {
      region: "eu-central-1",
      signInUrl: DOOR,
      endpoints: { cognitoIdp: DOOR, cognitoIdentity: DOOR, s3: `${DOOR}/the-bucket`, dynamodb: DOOR },
    });
  });

  it("may speak to that place alone", () => {
    const policy = `default-src 'self'; connect-src 'self' ${Object.values(places.addresses).join(" ")}`;
    assert.deepEqual([...new Set(policyHere(policy, places).split(" "))], ["default-src", "'self';", "connect-src", "'self'", DOOR]);
  });

  it("is led back to the website here, and nowhere else", () => {
    assert.equal(headerHere(`${DISTRIBUTION}/office/?code=1`, places), `${EDGE}/office/?code=1`);
    assert.equal(headerHere("https://example.com/", places), "https://example.com/");
  });

  it("is the website's own to AWS: in what it asks to be led back to, and as an origin", () => {
    const asked = new URLSearchParams({ client_id: "1", redirect_uri: `${EDGE}/office/`, state: "a b" }).toString();
    assert.equal(new URLSearchParams(parametersInAws(asked, places)).get("redirect_uri"), `${DISTRIBUTION}/office/`);
    assert.equal(headerInAws(EDGE, places), DISTRIBUTION);
    assert.equal(headerInAws("http://127.0.0.1:1", places), "http://127.0.0.1:1");
  });

  it("has what it signs sent on as it is", () => {
    for (const query of ["list-type=2&prefix=a%20b", "redirect_uri=https%3A%2F%2Fexample.com", ""]) {
      assert.equal(parametersInAws(query, places), query);
    }
  });
});
