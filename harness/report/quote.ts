/** `text` as one word of a POSIX shell, in single quotes (XCU 2.2.2), in which nothing but the quote itself is special. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** As `quote`, but bare where the shell leaves the word alone anyway. */
export const quoteIfNeeded = (text: string): string =>
  /^[A-Za-z0-9_./@%+:,][A-Za-z0-9_./@%+:,-]*$/.test(text) ? text : quote(text);
