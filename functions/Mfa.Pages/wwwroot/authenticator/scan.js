import { Fault } from "./fault.js";

// QR codes from a camera or a picture: by the browser's own reader where it has one, else by jsQR, which is only loaded then.

/** @typedef {(source: CanvasImageSource, width: number, height: number) => Promise<string | undefined>} Reader */

/** @type {Promise<Reader> | undefined} */
let reader;

/** @returns {Promise<Reader>} */
const ready = () => reader ??= (async () => {
  if ("BarcodeDetector" in self && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (source, width, height) => (await detector.detect(drawn(source, width, height)))[0]?.rawValue;
  }
  await import("./vendor/jsqr.js");
  return async (source, width, height) => {
    const { data } = drawn(source, width, height).getContext("2d").getImageData(0, 0, width, height);
    return self.jsQR(data, width, height)?.data || undefined;
  };
})();

const canvas = document.createElement("canvas");

/** On white: a code with a transparent ground would be black on black. */
function drawn(source, width, height) {
  canvas.width = width;
  canvas.height = height;
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, width, height);
  paper.drawImage(source, 0, 0, width, height);
  return canvas;
}

/**
 * @returns {Promise<string>} the text of the QR code in it
 * @throws {Fault} `no-picture`, `no-qr`
 */
export async function readPicture(picture) {
  const image = new Image();
  image.src = URL.createObjectURL(picture);
  try {
    await image.decode();
    const read = await ready();
    // A photo of a screen reads better small, a small picture better large.
    for (const longest of [1000, 500, 2000]) {
      const scale = longest / Math.max(image.naturalWidth, image.naturalHeight);
      const text = await read(image, Math.round(image.naturalWidth * scale), Math.round(image.naturalHeight * scale));
      if (text) return text;
    }
  } catch {
    throw new Fault("no-picture");
  } finally {
    URL.revokeObjectURL(image.src);
  }
  throw new Fault("no-qr");
}

/**
 * Looks through the camera until a code is seen.
 * @param {AbortSignal} signal ends it, and frees the camera
 * @returns {AsyncGenerator<string>} the text of each code that is seen
 * @throws {Fault} `no-camera`, `camera-denied`
 */
export async function* watch(video, signal) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  } catch (error) {
    throw new Fault(error?.name === "NotAllowedError" ? "camera-denied" : "no-camera");
  }
  try {
    video.srcObject = stream;
    await video.play().catch(() => {});
    const read = await ready();
    while (!signal.aborted) {
      if (video.videoWidth > 0) {
        const scale = Math.min(1, 640 / video.videoWidth);
        const text = await read(video, Math.round(video.videoWidth * scale), Math.round(video.videoHeight * scale));
        if (text) yield text;
      }
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
