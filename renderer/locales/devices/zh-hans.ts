/** Devices and what can be wrong with them, in Chinese. */
export const devices = {
  device: {
    microphone: "麦克风",
    camera: "摄像头",
    speaker: "扬声器",
    systemDefault: "跟随系统",
    nothing: "未找到",
  },
  deviceProblem: {
    microphone: {
      "none-found": "没有找到麦克风。插上一个，Vigil 会自动使用。",
      busy: "麦克风正被其他程序使用。请先在那边关闭，再重新打开麦克风。",
      refused: "Vigil 无权使用麦克风。请在系统的隐私设置中允许，然后重新打开。",
      unplugged: "麦克风已被拔下。请重新插上，或选择另一个。",
      failed: "麦克风没有响应。请拔下再插上，或选择另一个。",
    },
    camera: {
      "none-found": "没有找到摄像头。插上一个，或不带画面进入。",
      busy: "摄像头正被其他程序使用。请先在那边关闭，再重新打开摄像头。",
      refused: "Vigil 无权使用摄像头。请在系统的隐私设置中允许，然后重新打开。",
      unplugged: "摄像头已被拔下。请重新插上，或选择另一个。",
      failed: "摄像头没有响应。请拔下再插上，或选择另一个。",
    },
    screen: {
      "none-found": "没有可以共享的屏幕。",
      busy: "屏幕正被其他程序占用，无法捕捉。请关闭那个程序再试。",
      refused: "没有共享你的屏幕。如果这不是你的选择，请在系统的隐私设置中允许录制屏幕。",
      unplugged: "共享的窗口或屏幕已不存在，共享已结束。",
      failed: "无法共享屏幕。请再试一次，或选择另一个窗口。",
    },
  },
  sound: {
    title: "你的声音",
    echoCancellation: "回声消除",
    noiseSuppression: "噪声抑制",
    autoGainControl: "自动音量",
    hint: "除非播放音乐或戴着耳机，否则请保持开启。立即生效。",
    volume: "音量",
    only: "仅声音",
    onlyChosen: "仅声音：画面已按你的选择关闭。",
    onlyMachine: "仅声音：本机跟不上画面，因此已关闭画面。",
    onlyLink: "仅声音：连接无法传输画面，因此已关闭画面。",
    show: "显示画面",
    tryAgain: "再试一次画面",
  },
};
