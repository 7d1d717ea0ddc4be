/** The error numbers that IPC gives on Linux, alike on x86-64 and arm64 (errno(3)). */
const names: Readonly<Record<number, string>> = {
  1: 'EPERM',
  3: 'ESRCH',
  4: 'EINTR',
  9: 'EBADF',
  12: 'ENOMEM',
  14: 'EFAULT',
  16: 'EBUSY',
  22: 'EINVAL',
  23: 'ENFILE',
  24: 'EMFILE',
  28: 'ENOSPC',
  32: 'EPIPE',
  34: 'ERANGE',
  35: 'EDEADLK',
  42: 'ENOMSG',
  43: 'EIDRM',
  75: 'EOVERFLOW',
  90: 'EMSGSIZE',
  98: 'EADDRINUSE',
  103: 'ECONNABORTED',
  104: 'ECONNRESET',
  105: 'ENOBUFS',
  106: 'EISCONN',
  107: 'ENOTCONN',
  110: 'ETIMEDOUT',
  111: 'ECONNREFUSED',
  130: 'EOWNERDEAD',
  131: 'ENOTRECOVERABLE',
};

/** The name of an error number: `EPIPE`. */
export const errorName = (errno: number): string => names[errno] ?? `errno ${errno}`;
