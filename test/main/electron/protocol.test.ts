import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerPageScheme, resolveAsset, servePage } from "../../../main/electron/protocol.ts";
import { contentSecurityPolicy } from "../../../main/contract/content-security-policy.ts";

let folder: string;
let ask: (url: string, method?: string) => Promise<Response>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gan-studio-app-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<title>GAN Studio</title>");
  await writeFile(join(folder, "assets", "index-a_B.js"), "export {};");
  await mkdir(`${folder}-evil`);
  await writeFile(join(`${folder}-evil`, "secret.html"), "secret");
  await symlink(join(`${folder}-evil`, "secret.html"), join(folder, "link.html"));
  await symlink(`${folder}-evil`, join(folder, "linked"));
  servePage(
    {
      handle: (_scheme, handler) => {
        ask = async (url, method = "GET") =>
          handler({ url, method } as unknown as Parameters<typeof handler>[0]);
      },
    },
    folder,
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await rm(`${folder}-evil`, { recursive: true });
});

it("serves the page and its files with their types and every protecting header", async () => {
  for (const [url, type] of [
    ["app://studio/", "text/html; charset=utf-8"],
    ["app://studio/index.html", "text/html; charset=utf-8"],
    ["app://studio/index.html?x#/runs", "text/html; charset=utf-8"],
    ["app://studio/assets/index-a_B.js", "text/javascript; charset=utf-8"],
  ] as const) {
    const response = await ask(url);
    expect([url, response.status]).toEqual([url, 200]);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  }
});

it.each([
  "app://studio/../secret.html",
  "app://studio/%2e%2e/secret.html",
  "app://studio/%2E%2E%2Fsecret.html",
  "app://studio/..%2fsecret.html",
  "app://studio/..%5csecret.html",
  "app://studio/..\\secret.html",
  "app://studio/%252e%252e/secret.html",
  "app://studio/assets/../../secret.html",
  "app://studio/assets/%2e%2e/%2e%2e/secret.html",
  "app://studio//etc/passwd",
  "app://studio///etc/passwd",
  "app://studio/%2fetc%2fpasswd",
  "app://studio/C:/Windows/win.ini",
  "app://studio/C%3A%5CWindows%5Cwin.ini",
  "app://studio/index.html%00.js",
  "app://studio/%00",
  "app://studio/%",
  "app://studio/%ff",
  "app://studio/.env",
  "app://studio/assets/.hidden.js",
  "app://studio/assets",
  "app://studio/assets/",
  "app://studio/index.html/",
  "app://studio/index.exe",
  "app://studio/index",
  "app://studio/link.html",
  "app://studio/linked/secret.html",
  "app://studio/missing.html",
  "app://evil/index.html",
  "app://studio.evil/index.html",
  "app://studio:8080/index.html",
  "app:index.html",
  "file:///etc/passwd",
  "https://studio/index.html",
  "not a url",
  "",
])("has nothing at %s", async (url) => {
  const response = await ask(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe("There is nothing at this address.");
  expect(response.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
});

it("answers nothing but GET", async () => {
  for (const method of ["POST", "PUT", "DELETE", "HEAD"]) {
    expect((await ask("app://studio/index.html", method)).status).toBe(404);
  }
});

it("keeps to its folder and not to folders whose name begins alike", () => {
  expect(resolveAsset("app://studio/a.js", "/data/page")?.path).toBe("/data/page/a.js");
  expect(resolveAsset("app://studio/../page-evil/a.js", "/data/page")?.path).not.toContain(
    "evil/..",
  );
});

it("asks for an origin for its scheme, and for no way around a policy", () => {
  let given: unknown;
  registerPageScheme({
    registerSchemesAsPrivileged: (schemes) => {
      given = schemes;
    },
  });
  expect(given).toEqual([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
});
