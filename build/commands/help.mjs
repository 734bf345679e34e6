// @ts-check

/** What `npm start -- --help` prints. */
export const HELP = `npm start -- [options]

  --profile DIR              where settings live; each profile runs once (default: the usual folder of this system)
  --window electron|chromium the window to use (default: Electron where its program can be had)
  --headless                 without a window on the screen (Chromium window only)
  --fake-media[=FILE]        a made-up camera and microphone; FILE is a Y4M or MJPEG film (Chromium window only)
  --debug-port N             lets a debugger on this machine in, on 127.0.0.1 (Chromium window only)
  --chromium-arg ARG         passes ARG on to Chromium; may be repeated (Chromium window only)
  --invite LINK              opens with this invite link`;
