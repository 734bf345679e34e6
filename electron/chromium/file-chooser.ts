import type { CDPSession, Page } from "playwright-core";

/** Opens Chromium's own dialog and gives the file; the person has just pressed a button, which is what lets it open. */
const ASK = `new Promise((resolve) => {
  const input = document.createElement("input");
  input.type = "file";
  input.addEventListener("change", () => resolve(input.files[0] ?? null));
  input.addEventListener("cancel", () => resolve(null));
  input.click();
})`;

/**
 * Asks the person for a file in Chromium's dialog, and gives its path; null when they choose none, or when the page goes away.
 * The page itself never learns the path.
 */
export async function chooseFile(page: Page): Promise<string | null> {
  let session: CDPSession | null = null;
  try {
    session = await page.context().newCDPSession(page);
    const { result } = await session.send("Runtime.evaluate", {
      expression: ASK,
      awaitPromise: true,
      userGesture: true,
    });
    if (result.objectId === undefined) return null;
    const { path } = await session.send("DOM.getFileInfo", { objectId: result.objectId });
    return path === "" ? null : path;
  } catch {
    return null;
  } finally {
    await session?.detach().catch(() => undefined);
  }
}
