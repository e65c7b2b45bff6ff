import { FailureError } from "../../lib/failure";

/**
 * Reads a download to its end.
 *
 * @param onProgress told how many bytes have come so far
 * @throws FailureError where it breaks off, since half a log would look like a whole one
 */
export async function collect(
  response: Response,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let lastByte: number | undefined;
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      parts.push(part.value);
      bytes += part.value.length;
      lastByte = part.value.at(-1) ?? lastByte;
      onProgress(bytes);
    }
  } catch {
    signal.throwIfAborted();
    throw new FailureError({ reason: "stream_interrupted" });
  }
  // Every line of the log ends; one that does not was cut off.
  if (lastByte !== "\n".charCodeAt(0)) throw new FailureError({ reason: "stream_interrupted" });
  return new Blob(parts, { type: response.headers.get("Content-Type") ?? "application/x-ndjson" });
}
