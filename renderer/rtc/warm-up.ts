/**
 * Makes and discards an offer, so that the threads and codec tables of WebRTC are there before the first link: the first
 * connection of a page otherwise takes several hundred milliseconds longer than the next.
 */
export async function warmUp(connection: typeof RTCPeerConnection): Promise<void> {
  const throwaway = new connection({ iceServers: [] });
  try {
    throwaway.addTransceiver("audio");
    throwaway.addTransceiver("video");
    await throwaway.createOffer();
  } finally {
    throwaway.close();
  }
}
