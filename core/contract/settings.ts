import * as v from "valibot";
import { MAX_RELAYS } from "./limits.ts";
import { isRelayAddress } from "./relay-address.ts";

const appearance = v.picklist(["system", "light", "dark"]);
export type Appearance = v.InferOutput<typeof appearance>;

/** How the window looks and speaks. */
export const look = v.strictObject({
  /** A BCP 47 tag of one of the page's catalogues; null for what the system wishes. */
  language: v.nullable(v.pipe(v.string(), v.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/))),
  appearance,
});
export type Look = v.InferOutput<typeof look>;

/** Whom the mesh of the next meeting may speak to besides the members. */
export const network = v.strictObject({
  localDiscovery: v.boolean(),
  relays: v.pipe(
    v.array(v.pipe(v.string(), v.check(isRelayAddress))),
    v.maxLength(MAX_RELAYS),
    v.check((relays) => new Set(relays).size === relays.length),
    v.readonly(),
  ),
});
export type Network = v.InferOutput<typeof network>;

/** What is done to one's own sound before it is sent. */
export const soundTreatment = v.strictObject({
  echoCancellation: v.boolean(),
  noiseSuppression: v.boolean(),
  autoGainControl: v.boolean(),
});
export type SoundTreatment = v.InferOutput<typeof soundTreatment>;

/** What holds where nothing else was chosen: whoever has no headphones would let everybody hear themselves. */
export const usualTreatment: SoundTreatment = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

/** When others' pictures are passed on from this machine: on mains power and a network that costs nothing, always, or never. */
export const passingChoices = ["mains", "always", "never"] as const;
export const passingChoice = v.picklist(passingChoices);
export type PassingChoice = v.InferOutput<typeof passingChoice>;

/** What holds where nothing else was chosen. */
export const usualPassing: PassingChoice = "mains";

/** What a person has chosen once for all meetings. Nothing about any meeting is in it. */
export const settings = v.strictObject({
  look,
  network,
  sound: v.exactOptional(soundTreatment),
  passing: v.exactOptional(passingChoice),
});
export type Settings = v.InferOutput<typeof settings>;

/** What holds before anything was chosen. */
export const usualSettings: Settings = {
  look: { language: null, appearance: "system" },
  network: { localDiscovery: true, relays: [] },
};
