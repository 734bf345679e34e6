import { useEffect, useRef, type RefObject } from "react";

/** Joins a stream to the element that plays it, for as long as both are there. */
function useStream<E extends HTMLMediaElement>(stream: MediaStream): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  return ref;
}

interface VideoProps {
  readonly stream: MediaStream;
  /** One's own camera is shown as in a mirror. */
  readonly mirrored?: boolean;
  readonly fit?: "cover" | "contain";
}

/** A picture without sound. Before its first frame it is transparent. */
export function Video({ stream, mirrored = false, fit = "cover" }: VideoProps) {
  const ref = useStream<HTMLVideoElement>(stream);
  return (
    <video ref={ref} className={`video video-${fit} ${mirrored ? "video-mirrored" : ""}`} autoPlay playsInline muted />
  );
}

interface SoundProps {
  readonly stream: MediaStream;
  /** This person does not want to hear it; it runs on unheard. */
  readonly muted: boolean;
  /** How loud it is played, 0 to 1. */
  readonly volume: number;
  /** The speaker's device id, null for the system's own choice. */
  readonly speaker: string | null;
  /** Raised by the person's press on "turn sound on": each new number tries again. */
  readonly attempt: number;
  /** The browser wants a press before it plays anything. */
  readonly onBlocked: () => void;
}

/** The sound of one member. It has no face. */
export function Sound({ stream, muted, volume, speaker, attempt, onBlocked }: SoundProps) {
  const ref = useStream<HTMLAudioElement>(stream);
  useEffect(() => {
    // A speaker that is gone leaves the sound where it was: hearing the others matters more than the choice.
    void ref.current?.setSinkId(speaker ?? "").catch(() => undefined);
  }, [ref, speaker]);
  useEffect(() => {
    void ref.current?.play().catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === "NotAllowedError") onBlocked();
    });
  }, [ref, stream, attempt, onBlocked]);
  useEffect(() => {
    if (ref.current !== null) ref.current.volume = volume;
  }, [ref, volume]);
  return <audio ref={ref} autoPlay muted={muted} />;
}
