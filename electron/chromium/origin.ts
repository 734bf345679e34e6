/** The page's origin in the Chromium window. The name cannot exist (RFC 6761) and is answered inside the browser. */
export const ORIGIN = "https://vigil.invalid";
