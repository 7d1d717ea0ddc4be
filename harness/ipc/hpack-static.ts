// The fields that HPACK knows from the beginning (RFC 7541, appendix A), by their number from 1.

const named = (...names: readonly string[]): (readonly [string, string])[] => names.map((name) => [name, '']);

export const STATIC_TABLE: readonly (readonly [name: string, value: string])[] = [
  [':authority', ''],
  [':method', 'GET'],
  [':method', 'POST'],
  [':path', '/'],
  [':path', '/index.html'],
  [':scheme', 'http'],
  [':scheme', 'https'],
  ...['200', '204', '206', '304', '400', '404', '500'].map((status) => [':status', status] as const),
  ['accept-charset', ''],
  ['accept-encoding', 'gzip, deflate'],
  ...named('accept-language', 'accept-ranges', 'accept', 'access-control-allow-origin', 'age', 'allow'),
  ...named('authorization', 'cache-control', 'content-disposition', 'content-encoding', 'content-language'),
  ...named('content-length', 'content-location', 'content-range', 'content-type', 'cookie', 'date', 'etag'),
  ...named('expect', 'expires', 'from', 'host', 'if-match', 'if-modified-since', 'if-none-match', 'if-range'),
  ...named('if-unmodified-since', 'last-modified', 'link', 'location', 'max-forwards', 'proxy-authenticate'),
  ...named('proxy-authorization', 'range', 'referer', 'refresh', 'retry-after', 'server', 'set-cookie'),
  ...named('strict-transport-security', 'transfer-encoding', 'user-agent', 'vary', 'via', 'www-authenticate'),
];
