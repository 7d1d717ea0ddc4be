// Student code may print anything, and its source may hold anything: nothing of it may steer the terminal.

// Control and format characters, but for line breaks and the joiner inside emoji.
const steering = /(?![\n\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

const visible = (c: string): string => {
  const hex = c.codePointAt(0)!.toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
};

/** `text` with control and direction characters made visible (`\x1b`), tabs as two spaces, and its line breaks kept. */
export const clean = (text: string): string =>
  text.replaceAll('\r\n', '\n').replaceAll('\t', '  ').replace(steering, visible);

/** As `clean`, on one line. */
export const cleanLine = (text: string): string => clean(text).replaceAll('\n', '\\n');
