import type { Measure } from "../measure.ts";
import { amongMany } from "./among-many.ts";
import { callOfFour } from "./call-of-four.ts";
import { grid } from "./grid.ts";
import { group } from "./group.ts";
import { passing } from "./passing.ts";
import { sealing } from "./sealing.ts";
import { againstMesh, sending } from "./sending.ts";
import { showing } from "./showing.ts";
import { switching } from "./switching.ts";
import { sound } from "./sound.ts";

/** What pictures and sound cost, a subject each. */
export const mediaMeasures: readonly Measure[] = [
  sealing,
  sending,
  againstMesh,
  showing,
  amongMany,
  grid,
  callOfFour,
  group,
  passing,
  switching,
  sound,
];
