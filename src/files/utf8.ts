/** Finds where bytes stop being UTF-8, for messages about a file in another encoding. */

/** The first byte sequence that is not UTF-8. */
export interface Utf8Fault {
  readonly offset: number;
  readonly detail: string;
}

/** The first fault, or null when all bytes are UTF-8. Follows the table of RFC 3629, section 4. */
export function findUtf8Fault(bytes: Uint8Array): Utf8Fault | null {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (little || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { offset: 0, detail: "expected UTF-8, found the byte order mark of UTF-16" };
  }
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i]!;
    const length = lead < 0x80
      ? 1
      : lead >= 0xc2 && lead < 0xe0
      ? 2
      : (lead & 0xf0) === 0xe0
      ? 3
      : lead >= 0xf0 && lead < 0xf5
      ? 4
      : 0;
    // The second byte has a narrower range after these leads: overlong forms, surrogates and
    // points beyond U+10FFFF.
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let good = length > 0;
    for (let k = 1; good && k < length; k++) {
      const next = bytes[i + k] ?? 0;
      good = next >= (k === 1 ? low : 0x80) && next <= (k === 1 ? high : 0xbf);
    }
    if (!good) {
      const byte = lead.toString(16).toUpperCase().padStart(2, "0");
      return { offset: i, detail: `expected UTF-8, found the byte 0x${byte} out of place` };
    }
    i += length;
  }
  return null;
}
