import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import type { KeyMessage } from "../../../core/contract/key-messages.ts";
import type { MediaDirective, MediaReport } from "../../../core/contract/media-messages.ts";
import type { Fingerprint, MemberId } from "../../../core/contract/parts.ts";
import type { LinkStatistics } from "../../../renderer/rtc/call-media.ts";
import { ORIGIN, type Bundle } from "./bundle.ts";

const PATHS = [
  process.env["VIGIL_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
export const CHROMIUM = PATHS.find((path) => path !== undefined && existsSync(path)) ?? null;

export async function launch(
  bundle: Bundle,
  more: readonly string[] = [],
): Promise<{ browser: Browser; context: BrowserContext }> {
  const browser = await chromium.launch({
    ...(CHROMIUM === null ? {} : { executablePath: CHROMIUM }),
    args: [
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
      "--disable-background-networking",
      "--disable-features=WebRtcHideLocalIpsWithMdns",
      "--allow-loopback-in-peer-connection",
      ...more,
    ],
  });
  const context = await browser.newContext();
  await bundle.serve(context);
  return { browser, context };
}

/** One member's page, driven as its host would drive it. */
export class MemberPage {
  readonly page: Page;
  readonly member: MemberId;
  readonly index: number;
  readonly reports: MediaReport[] = [];
  readonly baseKey = randomBytes(32).toString("base64url");
  onReport: (report: MediaReport) => void = () => undefined;

  private constructor(page: Page, index: number) {
    this.page = page;
    this.index = index;
    this.member = String.fromCharCode(65 + index).repeat(43) as MemberId;
  }

  static async open(context: BrowserContext, index: number, query = ""): Promise<MemberPage> {
    const self = new MemberPage(await context.newPage(), index);
    self.page.on("console", (message) => {
      if (message.type() === "error") console.error(`page ${index}: ${message.text()}`);
    });
    self.page.on("pageerror", (error) => console.error(`page ${index}:`, error));
    await self.page.exposeFunction("reportToTest", (text: string) => {
      const report = JSON.parse(text) as MediaReport;
      self.reports.push(report);
      self.onReport(report);
    });
    await self.page.goto(`${ORIGIN}/page.html${query}`);
    await self.page.waitForFunction(() => "engineUnderTest" in globalThis);
    return self;
  }

  prepare(): Promise<void> {
    return this.page.evaluate(() => globalThis.engineUnderTest.engine.media.prepare());
  }

  fingerprint(): Promise<Fingerprint> {
    return this.page.evaluate(() => globalThis.engineUnderTest.engine.fingerprint());
  }

  apply(directive: MediaDirective): Promise<void> {
    return this.page.evaluate((body) => globalThis.engineUnderTest.apply(body), directive);
  }

  key(message: KeyMessage): Promise<void> {
    return this.page.evaluate((body) => globalThis.engineUnderTest.key(body), message);
  }

  playFrom(other: MemberPage): Promise<void> {
    return this.page.evaluate((member) => globalThis.engineUnderTest.playFrom(member), other.member);
  }

  /** Of the link to `other`, or of the only one. */
  async statistics(other?: MemberPage): Promise<LinkStatistics | null> {
    const all = await this.page.evaluate(() => globalThis.engineUnderTest.engine.media.statistics());
    return (other === undefined ? all[0] : all.find(({ member }) => member === other.member)) ?? null;
  }

  /** Seal under this key from now on, for everybody. */
  async useSendKey(epoch = 1, baseKey = this.baseKey): Promise<void> {
    await this.key({
      type: "recipients",
      members: Array.from("ABCDEFGHIJ", (letter) => letter.repeat(43) as MemberId),
    });
    await this.key({ type: "send-key", index: this.index, epoch, baseKey, use: true });
  }

  giveReceiveKeyOf(other: MemberPage, epoch = 1, baseKey = other.baseKey): Promise<void> {
    return this.key({ type: "receive-key", member: other.member, index: other.index, epoch, baseKey });
  }
}

/** Brings a directive to a page, if it is still there: pages say something at any time, also while a test ends. */
export async function hand(to: MemberPage, directive: MediaDirective): Promise<void> {
  try {
    await to.apply(directive);
  } catch (failure) {
    if (!String(failure).includes("has been closed")) throw failure;
  }
}

/** Two pages that play each other and have each other's keys; nothing joins them yet. */
export async function meetWithKeys(context: BrowserContext): Promise<[MemberPage, MemberPage]> {
  const [ann, ben] = await Promise.all([MemberPage.open(context, 0), MemberPage.open(context, 1)]);
  await Promise.all([ann.prepare(), ben.prepare(), ann.playFrom(ben), ben.playFrom(ann)]);
  await Promise.all([ann.useSendKey(), ben.useSendKey(), ann.giveReceiveKeyOf(ben), ben.giveReceiveKeyOf(ann)]);
  return [ann, ben];
}

/** What happens to the signalling between two pages on its way. */
export type Passing = (report: Extract<MediaReport, { type: "signal" }>, from: MemberPage) => string | null;

const UNCHANGED: Passing = ({ data }) => data;

/** Carries signals between two pages as their hosts would. */
export function joinSignals(left: MemberPage, right: MemberPage, passing: Passing = UNCHANGED): void {
  const carry = (from: MemberPage, to: MemberPage) => (report: MediaReport) => {
    if (report.type !== "signal") return;
    const data = passing(report, from);
    if (data !== null) void hand(to, { type: "signal", member: from.member, generation: report.generation, data });
  };
  left.onReport = carry(left, right);
  right.onReport = carry(right, left);
}

/** Carries signals between all of these pages. */
export function joinAllSignals(pages: readonly MemberPage[]): void {
  for (const from of pages) {
    from.onReport = (report) => {
      if (report.type !== "signal") return;
      const { generation, data } = report;
      const to = pages.find(({ member }) => member === report.member);
      if (to !== undefined) void hand(to, { type: "signal", member: from.member, generation, data });
    };
  }
}

/** Tells both pages to build a link; the left one makes the offer. */
export async function openLinks(left: MemberPage, right: MemberPage, generation = 1): Promise<void> {
  const [leftPrint, rightPrint] = await Promise.all([left.fingerprint(), right.fingerprint()]);
  await Promise.all([
    left.apply({ type: "open-link", member: right.member, generation, initiator: true, fingerprint: rightPrint }),
    right.apply({ type: "open-link", member: left.member, generation, initiator: false, fingerprint: leftPrint }),
  ]);
}
