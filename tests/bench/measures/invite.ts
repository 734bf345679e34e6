import { Client, STEP_LIMIT_MS } from "../../support/client.ts";
import { atMost, type Measure } from "../measure.ts";
import { quantile } from "../quantile.ts";

const ROUNDS = 5;
/** A person looks at the first screen and types a name before pressing anything, in ms. */
const TYPING_MS = 2_000;

declare global {
  var vigilInviteMs: Promise<number | null> | undefined;
}

/**
 * `Start a meeting` to the invite link on the screen, which the call shows while nobody else is there. Between them a
 * person presses `Enter meeting`; here the page does it the moment it can, so that only the app's own time is counted.
 */
export const invite: Measure = {
  name: "invite",
  async run(say) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const client = await Client.start({ name: "Ana" });
      try {
        times.push(await timeInvite(client));
      } finally {
        await client.stop();
      }
      say(`round ${round + 1}: ${Math.round(times.at(-1) ?? 0)} ms`);
    }
    const what = `Start a meeting to invite link on screen, 2 s after the window is usable, median of ${ROUNDS} fresh clients`;
    return [atMost(300, { what, value: quantile(times, 0.5), unit: "ms" })];
  },
};

async function timeInvite(client: Client): Promise<number> {
  await client.page.getByRole("textbox", { name: "Your name" }).fill(client.name);
  await new Promise((typed) => setTimeout(typed, TYPING_MS));
  await client.page.evaluate(pressThrough, STEP_LIMIT_MS);
  await client.button("Start a meeting").click();
  const ms = await client.page.evaluate(() => globalThis.vigilInviteMs ?? Promise.resolve(null));
  if (ms === null) throw new Error("no invite link came onto the screen");
  return ms;
}

/** Runs in the page: from the press on, presses the next buttons as soon as they are there and reads the link; null past the limit. */
function pressThrough(limitMs: number): void {
  const press = (name: string): boolean => {
    const named = (button: Element): boolean =>
      (button.getAttribute("aria-label") ?? button.textContent).trim() === name;
    const button = [...document.querySelectorAll<HTMLButtonElement>("button:not(:disabled)")].find(named);
    button?.click();
    return button !== undefined;
  };
  const linkShown = (): boolean =>
    [...document.querySelectorAll("input, textarea")].some(
      (box) => "value" in box && String(box.value).startsWith("vigil://"),
    );
  const steps = [() => press("Enter meeting"), linkShown];
  globalThis.vigilInviteMs = new Promise((resolve) => {
    const begin = async ({ timeStamp }: Event): Promise<void> => {
      while (steps.length > 0 && performance.now() < timeStamp + limitMs) {
        if (steps[0]?.() === true) steps.shift();
        await new Promise((next) => setTimeout(next, 2));
      }
      resolve(steps.length === 0 ? performance.now() - timeStamp : null);
    };
    document.addEventListener("pointerdown", (event) => void begin(event), { capture: true, once: true });
  });
}
