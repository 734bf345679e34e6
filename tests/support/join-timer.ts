import { linkFigures } from "./link-figures.ts";
import type { Client } from "./client.ts";

/** A limit, not an expectation: several clients on two busy cores may need long, and more of them longer. */
const ENTRY_LIMIT_MS = 90_000;
const ENTRY_LIMIT_PER_OTHER_MS = 40_000;

/** How often the page's counts are read while waiting for the first picture and sound; the resolution of the figure. */
export const POLL_MS = 10;
/** The same where there are so many that asking for the counts so often would keep them from coming. */
const CROWD = 5;
const CROWD_POLL_MS = 250;

/**
 * Presses `Enter meeting`, once the screen before it says that the meeting is there and shows the preview, and waits for
 * the first decoded picture and the first opened sound of `others` members. Returns the ms between, by the page's own clock.
 */
export async function timeEntry(client: Client, others: number): Promise<number> {
  const limitMs = Math.max(ENTRY_LIMIT_MS, others * ENTRY_LIMIT_PER_OTHER_MS);
  const pollMs = others < CROWD ? POLL_MS : CROWD_POLL_MS;
  await client.page.getByText("The meeting is there.").waitFor({ timeout: limitMs });
  await client.page.locator("video").first().waitFor();
  await client.page.evaluate(watchForEntry, { others, pollMs, limitMs });
  await client.button("Enter meeting").click();
  const ms = await client.page.evaluate(() => globalThis.vigilEntryMs ?? Promise.resolve(null));
  if (ms === null) {
    const links = (await linkFigures(client)).map(
      ({ to, state, videoFrames, audioPackets, framesOpened, framesDropped }) => {
        return `${to} ${state} ${videoFrames} pictures ${audioPackets} packets ${framesOpened} opened ${framesDropped} dropped`;
      },
    );
    const pictures = await client.page.locator("figure video").count();
    const limit = `within ${limitMs} ms: ${pictures} videos on the screen, links: ${links.join("; ")}`;
    throw new Error(`${client.name} did not see and hear ${others} others ${limit}`);
  }
  return ms;
}

declare global {
  var vigilEntryMs: Promise<number | null> | undefined;
}

/** Runs in the page: notes when the press comes, and promises the time from it until everybody is seen and heard; null past the limit. */
function watchForEntry({ others, pollMs, limitMs }: { others: number; pollMs: number; limitMs: number }): void {
  const pressed = new Promise<number>((resolve) => {
    const note = (event: Event): void => resolve(event.timeStamp);
    document.addEventListener("pointerdown", note, { capture: true, once: true });
  });
  const seesAll = async (): Promise<boolean> => {
    // The counts cost time of their own; before there are pictures they need not be asked for.
    const pictures = document.querySelectorAll<HTMLVideoElement>("figure[data-member] video");
    const shown = [...pictures].filter(({ readyState }) => readyState >= HTMLMediaElement.HAVE_CURRENT_DATA);
    if (shown.length <= others) return false;
    const links = (await globalThis.vigilStatistics?.()) ?? [];
    const complete = links.filter((link) => link.videoFrames > 0 && link.audioPackets > 0 && link.framesOpened > 0);
    return complete.length >= others;
  };
  globalThis.vigilEntryMs = pressed.then(async (began) => {
    while (performance.now() < began + limitMs) {
      if (await seesAll()) return performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    return null;
  });
}
