/**
 * Leads requests for a distribution's own name to where the emulated CloudFront answers for it, as the name service does on AWS.
 *
 * Loaded before a script, with the addresses `DISTRIBUTION_URL` and `EDGE_URL`.
 */
const { DISTRIBUTION_URL = "", EDGE_URL = "" } = process.env;
const fetchByName = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const led = typeof input === "string" && input.startsWith(DISTRIBUTION_URL) ? EDGE_URL + input.slice(DISTRIBUTION_URL.length) : input;
  return fetchByName(led, init);
};
