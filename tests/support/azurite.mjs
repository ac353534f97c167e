// Makes a container on Azurite: the one request that the tests need and phi3ml has no use for.
import { createHmac } from "node:crypto";

const [endpoint, account, key, container] = process.argv.slice(2);
const date = new Date().toUTCString();
const version = "2021-12-02";
const resource = `/${account}/${account}/${container}\nrestype:container`;
const headers = `x-ms-date:${date}\nx-ms-version:${version}`;
const text = ["PUT", ...Array(11).fill(""), headers, resource].join("\n");
const signature = createHmac("sha256", Buffer.from(key, "base64")).update(text, "utf8").digest("base64");
const answer = await fetch(`${endpoint}/${container}?restype=container`, {
  method: "PUT",
  headers: {
    "x-ms-date": date,
    "x-ms-version": version,
    authorization: `SharedKey ${account}:${signature}`,
  },
});
if (answer.status !== 201) {
  console.error(answer.status, await answer.text());
  process.exit(1);
}
