import { RunningCall } from "../call-of-many.ts";
import { atLeast, forComparison, type Measure, type Row } from "../measure.ts";
import { processorShares } from "../processor-share.ts";
import type { Client } from "../../support/client.ts";
import { linkFigures, type NamedLink } from "../../support/link-figures.ts";
import { percent, settle, showSpeaker } from "./bot-call.ts";

const SMALLEST = 4;
const LARGEST = 6;
const WATCH_MS = 20_000;
/** What each must show of the one who is large, and hear of everybody. */
const SPEAKER_WIDTH = 640;
const SPEAKER_RATE = 15;
/** Sound comes in 25 packets a second. */
const SOUND_RATE = 20;
const picture = { width: 640, height: 360, framesPerSecond: 24 };
/** Just large enough to show one person at 640x360, and the others in a strip. */
const window = { width: 920, height: 520 };

/** What one client gets of one other, a second. */
interface Got {
  readonly to: string;
  readonly width: number;
  readonly pictures: number;
  readonly sounds: number;
}

interface Outcome {
  readonly size: number;
  /** Of the whole machine, in cores. */
  readonly spent: number;
  /** What each shows of the one who is large there: the slowest and the narrowest of all. */
  readonly pictures: number;
  readonly width: number;
  /** Of whom the least is heard. */
  readonly sounds: number;
}

/** Everybody looks at the first, who looks at the second. */
function speakerOf(client: Client, [first, second]: readonly Client[]): string {
  return (client === first ? second : first)?.name ?? "";
}

async function measure(clients: readonly Client[]): Promise<Outcome> {
  const before = await Promise.all(clients.map(linkFigures));
  const { shares, seconds } = await processorShares(
    clients.map(({ pid }) => pid),
    WATCH_MS,
  );
  const after = await Promise.all(clients.map(linkFigures));
  const got = clients.map((_, index) => gotBetween(before[index] ?? [], after[index] ?? [], seconds));
  const speakers = clients.map((client, index) => got[index]?.find(({ to }) => to === speakerOf(client, clients)));
  const least = (values: readonly number[]): number => (values.length === 0 ? 0 : Math.min(...values));
  const whole = got.every((links) => links.length === clients.length - 1);
  return {
    size: clients.length,
    spent: shares.reduce((sum, share) => sum + share, 0),
    pictures: least(speakers.map((speaker) => speaker?.pictures ?? 0)),
    width: least(speakers.map((speaker) => speaker?.width ?? 0)),
    sounds: whole ? least(got.flat().map(({ sounds }) => sounds)) : 0,
  };
}

function gotBetween(before: readonly NamedLink[], after: readonly NamedLink[], seconds: number): Got[] {
  return after.map((link) => {
    const first = before.find(({ member }) => member === link.member);
    const rate = (count: "videoFrames" | "audioPackets"): number => (link[count] - (first?.[count] ?? 0)) / seconds;
    return { to: link.to, width: link.videoWidth, pictures: rate("videoFrames"), sounds: rate("audioPackets") };
  });
}

function holds({ pictures, width, sounds }: Outcome): boolean {
  return pictures >= SPEAKER_RATE && width >= SPEAKER_WIDTH && sounds >= SOUND_RATE;
}

function rowsOf({ size, spent, pictures, width, sounds }: Outcome): Row[] {
  const what = `${size} whole clients on this machine, one large on each screen:`;
  return [
    forComparison({ what: `${what} all their processes`, value: spent, unit: "cores" }),
    forComparison({ what: `${what} the slowest large picture`, value: pictures, unit: "frames/s" }),
    forComparison({ what: `${what} the narrowest large picture`, value: width, unit: "pixels" }),
    forComparison({ what: `${what} whoever is heard the least`, value: sounds, unit: "packets/s" }),
  ];
}

/** How many whole clients this machine carries in one call, all hearing all and each showing one person large. */
export const group: Measure = {
  name: "media-group",
  async run(say) {
    const call = new RunningCall({ participants: LARGEST, picture, window, say });
    const outcomes: Outcome[] = [];
    try {
      await call.start({ waiting: LARGEST - SMALLEST });
      for (let size = SMALLEST; size <= LARGEST; size++) {
        if (size > SMALLEST) await call.joinNext();
        const inside = call.clients.slice(0, size);
        for (const client of inside) await lookAt(client, speakerOf(client, inside));
        await settle();
        const outcome = await measure(inside);
        outcomes.push(outcome);
        say(
          `${size}: ${percent(outcome.spent)}, the large one ${outcome.width} wide at ${outcome.pictures.toFixed(1)}/s or more`,
        );
      }
    } finally {
      await call.close();
    }
    const largest = Math.max(0, ...outcomes.filter(holds).map(({ size }) => size));
    return [
      ...outcomes.flatMap(rowsOf),
      atLeast(LARGEST, {
        what: `largest group of whole clients, all hearing all, each showing one at ${SPEAKER_WIDTH} wide and ${SPEAKER_RATE} fps (tried: ${SMALLEST} to ${LARGEST}; 0: none of these)`,
        value: largest,
        unit: "clients",
      }),
    ];
  },
};

/** Shows one person large, and keeps it so whoever speaks. */
async function lookAt(client: Client, name: string): Promise<void> {
  await showSpeaker(client);
  // Names stand between characters that keep their direction apart.
  const pin = client.page.getByRole("button", { name: new RegExp(`^Pin .?${name}.?$`) });
  if ((await pin.getAttribute("aria-pressed")) !== "true") await pin.dispatchEvent("click");
}
