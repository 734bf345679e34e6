/** Devices and what can be wrong with them, in English. */
export const devices = {
  device: {
    microphone: "Microphone",
    camera: "Camera",
    speaker: "Speaker",
    systemDefault: "System default",
    nothing: "None found",
  },
  deviceProblem: {
    microphone: {
      "none-found": "No microphone was found. Plug one in; Vigil picks it up by itself.",
      busy: "Another program is using the microphone. Close it there, then switch the microphone on again.",
      refused: "Vigil may not use the microphone. Allow it in your system's privacy settings, then switch it on again.",
      unplugged: "The microphone was unplugged. Plug it in again or choose another.",
      failed: "The microphone does not answer. Unplug it and plug it in again, or choose another.",
    },
    camera: {
      "none-found": "No camera was found. Plug one in, or go in without a picture.",
      busy: "Another program is using the camera. Close it there, then switch the camera on again.",
      refused: "Vigil may not use the camera. Allow it in your system's privacy settings, then switch it on again.",
      unplugged: "The camera was unplugged. Plug it in again or choose another.",
      failed: "The camera does not answer. Unplug it and plug it in again, or choose another.",
    },
    screen: {
      "none-found": "There is no screen to share.",
      busy: "The screen could not be captured because another program holds it. Close it and try again.",
      refused:
        "Your screen is not shared. If you did not choose this, allow screen recording in your system's privacy settings.",
      unplugged: "Sharing has ended because the shared window or screen is gone.",
      failed: "Your screen could not be shared. Try again, or choose another window.",
    },
  },
  sound: {
    title: "Your sound",
    echoCancellation: "Echo cancellation",
    noiseSuppression: "Noise suppression",
    autoGainControl: "Automatic volume",
    hint: "Leave these on unless you play music or wear headphones. They hold at once.",
    volume: "Volume",
    only: "Sound only",
    onlyChosen: "Sound only: pictures are off because you chose so.",
    onlyMachine: "Sound only: this machine cannot keep up with pictures, so they are off.",
    onlyLink: "Sound only: the connection cannot carry pictures, so they are off.",
    show: "Show pictures",
    tryAgain: "Try pictures again",
  },
};
