const mutex =
  'Only the process that locked a mutex may unlock it; to signal another process use a semaphore.';
const condition = 'Lock the mutex first; wait lets it go and takes it again.';
const rwlock = 'Unlock only what this process has locked.';
const closed = 'Close it once, when this process is done with it.';

const advice: Readonly<Record<string, string>> = {
  mutex,
  pthreadMutex: mutex,
  condition,
  pthreadCondition: condition,
  rwlock,
  pthreadRwlock: rwlock,
  eventCounter: closed,
  fileLock: closed,
  recordLock: closed,
  semaphore: 'Post once for each wait.',
  channel: 'Close a channel once, when nobody will send any more: the last of several senders does it.',
  remote: 'Release a reference once, when nothing is called by it any more; lookup gives another one.',
  latch: 'Count down exactly as often as the latch was made for.',
};

/** What to keep in mind about an object of this kind. */
export function kindWords(kind: string | undefined): string {
  if (kind === undefined) return 'See the documentation of the object.';
  if (kind.endsWith('Array'))
    return 'Check the arithmetic of the index, and whether two processes move it at once.';
  return advice[kind] ?? 'See the documentation of the object.';
}
