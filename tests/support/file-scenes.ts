import type { SharedFile } from "../../core/contract/files.ts";
import { sampleCall, sampleMember } from "./scenes.ts";
import type { ScreenOf } from "../../core/contract/snapshots.ts";

/** A file that the second person offers. */
export function sampleFile(changes: Partial<SharedFile> = {}): SharedFile {
  return {
    from: sampleMember(1),
    id: "f".repeat(22),
    name: "Ben",
    file: "timetable.pdf",
    size: 482_113,
    canRun: false,
    at: Date.now(),
    state: "offered",
    why: null,
    done: 0,
    path: "",
    takers: [],
    ...changes,
  };
}

/** A call with files in every state, others' and one's own. */
export function callWithFiles(): ScreenOf<"call"> {
  const call = sampleCall(4);
  const names = call.participants.map(({ name }) => name);
  const at = Date.now();
  const from = (index: number): Pick<SharedFile, "from" | "name"> => ({
    from: sampleMember(index),
    name: names[index] ?? "",
  });
  const files: SharedFile[] = [
    sampleFile({ ...from(1), id: "1", at: at - 9_000 }),
    sampleFile({
      ...from(2),
      id: "2",
      file: "installer-for-everybody.exe",
      size: 61_300_220,
      canRun: true,
      at: at - 8_000,
    }),
    sampleFile({
      ...from(1),
      id: "3",
      file: "square at dawn.mp4",
      size: 812_000_000,
      state: "receiving",
      done: 301_000_000,
      at: at - 7_000,
    }),
    sampleFile({
      ...from(3),
      id: "4",
      file: "گزارش نهایی.docx",
      size: 38_000,
      state: "saved",
      done: 38_000,
      path: "/home/ada/Downloads/گزارش نهایی.docx",
      at: at - 6_000,
    }),
    sampleFile({
      ...from(2),
      id: "5",
      file: "list.xlsx",
      size: 9_000_000,
      state: "lost",
      why: "disk-full",
      at: at - 5_000,
    }),
    sampleFile({
      ...from(0),
      id: "6",
      file: "photos of the banner that we want to use on Saturday.zip",
      size: 44_000_000,
      done: 44_000_000,
      at: at - 4_000,
      takers: [
        { member: sampleMember(1), name: names[1] ?? "", state: "has-it", done: 44_000_000 },
        { member: sampleMember(2), name: names[2] ?? "", state: "sending", done: 12_000_000 },
        { member: sampleMember(3), name: names[3] ?? "", state: "told", done: 0 },
      ],
    }),
    sampleFile({
      ...from(0),
      id: "7",
      file: "film.mov",
      size: 1_900_000_000,
      state: "reading",
      done: 600_000_000,
      at: at - 3_000,
    }),
  ];
  return { ...call, files };
}
