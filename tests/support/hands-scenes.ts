import { inPage } from "./scene.ts";

/** Ten people, three with a hand up and some who react. */
export const hands = inPage(({ host, media, scenes }) => {
  const view = scenes.sampleCall(10);
  const places = [0, 2, 0, 1, 0, 0, 0, 0, 3, 0];
  const reactions = [null, "applause", null, null, "heart", "thumbs-up", null, "laugh", "surprise", null] as const;
  const participants = view.participants.map((one, index) => {
    const kind = reactions[index] ?? null;
    return { ...one, hand: places[index] ?? 0, reaction: kind === null ? null : { id: index, kind } };
  });
  for (const one of participants) if (!one.self && one.media.camera) media.paint(one.id, ["camera"]);
  void media.media.prepare();
  host.show({ view: { ...view, participants } });
});
