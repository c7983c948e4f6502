/** Child process: writes a file over and over until it is killed; each time filled with another byte. */
import { durableWrite } from "../../../../main/files/durable-write.ts";

const [path = ""] = process.argv.slice(2);
const size = 2 * 1024 * 1024;

for (let fill = 1; ; fill = (fill % 255) + 1) {
  await durableWrite(path, [new Uint8Array(size).fill(fill), new Uint8Array(size).fill(fill)]);
  process.stdout.write("written\n");
}
