import { useEffect, useRef } from "react";
import type { MemberId } from "../../../core/contract/parts.ts";
import type { Participant } from "../../../core/contract/snapshots.ts";
import { useRemoteStream, useShown } from "../context/surroundings.ts";
import { useActs } from "../covers/acts-context.ts";
import { isDone } from "../covers/local-acts.ts";

/** As large as such a window usually is, in CSS pixels. */
const WIDTH = 400;
const HEIGHT = 225;

interface PictureInPictureProps {
  readonly participants: readonly Participant[];
  /** Whom to show rather than others, first one first. */
  readonly preferred: readonly (MemberId | null)[];
  /** The window was closed, or could not be opened. */
  readonly onEnd: () => void;
}

/** A small window of the browser's own over all others, with whoever is pinned or speaks. It closes with the call. */
export function PictureInPicture({ participants, preferred, onEnd }: PictureInPictureProps) {
  const { acts } = useActs();
  const seen = participants.filter(
    (one) => !one.self && one.media.camera && one.link === "connected" && !isDone(acts, "cover", one),
  );
  const wanted = preferred.find((id) => seen.some((one) => one.id === id));
  const member = wanted ?? seen[0]?.id ?? null;
  useEffect(() => {
    if (member === null) onEnd();
  }, [member, onEnd]);
  return member === null ? null : <PictureWindow member={member} onEnd={onEnd} />;
}

function PictureWindow({ member, onEnd }: { readonly member: MemberId; readonly onEnd: () => void }) {
  const ref = useRef<HTMLVideoElement>(null);
  const stream = useRemoteStream(member, "camera");
  useShown(member, "camera", WIDTH, HEIGHT, "outside");
  useEffect(() => {
    const video = ref.current;
    if (video !== null) video.srcObject = stream;
  }, [stream]);
  useEffect(() => {
    const video = ref.current;
    if (video === null) return undefined;
    let open = true;
    const close = (): void => {
      if (open) onEnd();
    };
    // Refused where the press that asked for it is too long ago.
    const show = (): void => void video.requestPictureInPicture().catch(close);
    if (video.readyState >= HTMLMediaElement.HAVE_METADATA) show();
    else video.addEventListener("loadedmetadata", show, { once: true });
    video.addEventListener("leavepictureinpicture", close);
    return () => {
      open = false;
      video.removeEventListener("loadedmetadata", show);
      video.removeEventListener("leavepictureinpicture", close);
      // Fails only where it is closed already.
      if (document.pictureInPictureElement === video) document.exitPictureInPicture().catch(() => undefined);
      video.srcObject = null;
    };
  }, [onEnd]);
  return <video ref={ref} className="picture-source" autoPlay playsInline muted aria-hidden="true" tabIndex={-1} />;
}
