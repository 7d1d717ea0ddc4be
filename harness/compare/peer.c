// The same as peer.ts in C, with nothing of the lab in between: what the mechanism itself costs. Prints a JSON array of samples.
//
//   cc -O2 peer.c -o peer -pthread -lrt && ./peer MECHANISM MILLISECONDS PROCESSOR PROCESSOR
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { BACK = 1, TAKE = 2, LAST = 3, OVER = 4, WARM = 50, MOST = 20000, PIECE = 65536 };

static const int sizes[] = {1, 16, 256, 4096, 65536, 1048576};
static int side;
static unsigned char message[PIECE];
static unsigned char got[PIECE];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) { // milliseconds
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

// A mechanism: how one piece is sent and taken, at most `most` bytes.
static void (*put)(const unsigned char *data, int bytes);
static int (*take)(unsigned char *into, int most);
static int most = PIECE;
static int lossy;

static int out, in;
static void fd_put(const unsigned char *data, int bytes) {
  for (int at = 0; at < bytes;) {
    ssize_t n = write(out, data + at, bytes - at);
    if (n < 0) fail("write");
    at += n;
  }
}
static int fd_take(unsigned char *into, int limit) {
  ssize_t n = read(in, into, limit);
  if (n <= 0) fail("read");
  return n;
}

// Memory with a slot for each way, and two gates a slot, of whatever kind: one says that it is full, one that it is empty.
enum { FULL, EMPTY };
struct gate {
  sem_t units;
  pthread_mutex_t mutex;
  pthread_cond_t more;
  int count, fd;
};
struct slot {
  struct gate gates[2];
  unsigned char data[PIECE];
};
static struct slot *slots;
static int semaphores = -1;

static void unit_wait(int s, int g) {
  while (sem_wait(&slots[s].gates[g].units) < 0);
}
static void unit_post(int s, int g) { sem_post(&slots[s].gates[g].units); }
static void set_by(int s, int g, int change) {
  struct sembuf operation = {.sem_num = 2 * s + g, .sem_op = change};
  if (semop(semaphores, &operation, 1) < 0) fail("semop");
}
static void set_wait(int s, int g) { set_by(s, g, -1); }
static void set_post(int s, int g) { set_by(s, g, 1); }
static void event_wait(int s, int g) {
  uint64_t n;
  if (read(slots[s].gates[g].fd, &n, sizeof n) < 0) fail("read");
}
static void event_post(int s, int g) {
  uint64_t n = 1;
  if (write(slots[s].gates[g].fd, &n, sizeof n) < 0) fail("write");
}
static void monitor_wait(int s, int g) {
  struct gate *m = &slots[s].gates[g];
  pthread_mutex_lock(&m->mutex);
  while (m->count == 0) pthread_cond_wait(&m->more, &m->mutex);
  m->count--;
  pthread_mutex_unlock(&m->mutex);
}
static void monitor_post(int s, int g) {
  struct gate *m = &slots[s].gates[g];
  pthread_mutex_lock(&m->mutex);
  m->count++;
  pthread_cond_signal(&m->more);
  pthread_mutex_unlock(&m->mutex);
}
static void (*gate_wait)(int slot, int gate);
static void (*gate_post)(int slot, int gate);

static void memory_put(const unsigned char *data, int bytes) {
  gate_wait(side, EMPTY);
  memcpy(slots[side].data, data, bytes);
  gate_post(side, FULL);
}
static int memory_take(unsigned char *into, int limit) {
  gate_wait(1 - side, FULL);
  memcpy(into, slots[1 - side].data, limit);
  gate_post(1 - side, EMPTY);
  return limit;
}

static void open_gate(int s, int g) {
  struct gate *gate = &slots[s].gates[g];
  int units = g == EMPTY;
  pthread_mutexattr_t mutex;
  pthread_condattr_t more;
  sem_init(&gate->units, 1, units);
  pthread_mutexattr_init(&mutex);
  pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&gate->mutex, &mutex);
  pthread_condattr_init(&more);
  pthread_condattr_setpshared(&more, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&gate->more, &more);
  gate->count = units;
  gate->fd = eventfd(units, EFD_SEMAPHORE);
  if (semaphores >= 0 && semctl(semaphores, 2 * s + g, SETVAL, units) < 0) fail("semctl");
}

// Whether `name` is a kind of memory, or a kind of gate.
static int open_memory(const char *name) {
  gate_wait = unit_wait;
  gate_post = unit_post;
  if (!strcmp(name, "sysvSemaphore")) {
    gate_wait = set_wait;
    gate_post = set_post;
    semaphores = semget(IPC_PRIVATE, 4, 0600);
    if (semaphores < 0) fail("semget");
  } else if (!strcmp(name, "eventCounter")) {
    gate_wait = event_wait;
    gate_post = event_post;
  } else if (!strcmp(name, "pthreadCondition")) {
    gate_wait = monitor_wait;
    gate_post = monitor_post;
  } else if (!strcmp(name, "channel") || !strcmp(name, "mailbox") || !strcmp(name, "direct")) {
    most = 16; // in one piece, where the lab sends it word by word
  } else if (strcmp(name, "shared memory") && strcmp(name, "posixSharedMemory") && strcmp(name, "sysvSharedMemory") &&
             strcmp(name, "mappedFile") && strcmp(name, "posixSemaphore")) {
    return 0;
  }
  slots = mmap(NULL, 2 * sizeof *slots, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (slots == MAP_FAILED) fail("mmap");
  for (int i = 0; i < 4; i++) open_gate(i / 2, i % 2);
  put = memory_put;
  take = memory_take;
  return 1;
}

static mqd_t queues[2];
static void mq_put(const unsigned char *data, int bytes) {
  if (mq_send(queues[side], (const char *)data, bytes, 0) < 0) fail("mq_send");
}
static int mq_take(unsigned char *into, int limit) {
  (void)limit;
  ssize_t n = mq_receive(queues[1 - side], (char *)into, PIECE, NULL);
  if (n < 0) fail("mq_receive");
  return n;
}

static int ids[2];
struct letter {
  long type;
  unsigned char data[8192];
};
static void msg_put(const unsigned char *data, int bytes) {
  static struct letter l;
  l.type = 1;
  memcpy(l.data, data, bytes);
  if (msgsnd(ids[side], &l, bytes, 0) < 0) fail("msgsnd");
}
static int msg_take(unsigned char *into, int limit) {
  static struct letter l;
  (void)limit;
  ssize_t n = msgrcv(ids[1 - side], &l, sizeof l.data, 0, 0);
  if (n < 0) fail("msgrcv");
  memcpy(into, l.data, n);
  return n;
}

static pid_t other;
static sigset_t awaited;
// Four bytes in each signal.
static void signal_put(const unsigned char *data, int bytes) {
  for (int i = 0; i < bytes; i += 4)
    if (sigqueue(other, SIGRTMIN + 1, (union sigval){.sival_int = data[i]}) < 0) fail("sigqueue");
}
static int signal_take(unsigned char *into, int limit) {
  siginfo_t info;
  for (int i = 0; i < limit; i += 4) {
    while (sigwaitinfo(&awaited, &info) < 0)
      if (errno != EINTR) fail("sigwaitinfo");
    into[i] = info.si_value.sival_int;
  }
  return limit;
}

// A record as ONC RPC has it: its mark, the ten words of a call, and the argument, of which the first word is its length.
enum { HEADER = 12 };
static uint32_t record[HEADER + PIECE / 4 + 1];
static void rpc_put(const unsigned char *data, int bytes) {
  int length = HEADER * 4 + (bytes + 3) / 4 * 4;
  record[0] = htonl(0x80000000u | (length - 4));
  record[1] = htonl(ntohl(record[1]) + 1); // the number of the call
  record[HEADER - 1] = htonl(bytes);
  memcpy(record + HEADER, data, bytes);
  fd_put((unsigned char *)record, length);
}
static void read_all(unsigned char *into, int bytes) {
  for (int n = 0; n < bytes;) n += fd_take(into + n, bytes - n);
}
static int rpc_take(unsigned char *into, int limit) {
  (void)limit;
  read_all((unsigned char *)record, 4);
  read_all((unsigned char *)(record + 1), ntohl(record[0]) & 0x7fffffff);
  int bytes = ntohl(record[HEADER - 1]);
  memcpy(into, record + HEADER, bytes);
  return bytes;
}

static void send_message(int bytes, int mark) {
  message[0] = mark;
  for (int left = bytes; left > 0; left -= most) {
    put(message, left < most ? left : most);
    message[0] = 0;
  }
}
static int receive_message(int bytes) {
  int mark = -1;
  for (int n = 0; n < bytes;) {
    int limit = bytes - n < most ? bytes - n : most;
    n += take(got, limit);
    if (mark < 0) mark = got[0];
  }
  return mark;
}

static int by_size(const void *a, const void *b) {
  double d = *(const double *)a - *(const double *)b;
  return d < 0 ? -1 : d > 0;
}

static double trip(int bytes) {
  double began = now();
  send_message(bytes, BACK);
  receive_message(bytes);
  return now() - began;
}

static void measure(int bytes, double milliseconds, int first) {
  static double times[MOST];
  int n = 0;
  double warm = 0;
  for (int i = 0; i < WARM && warm < milliseconds; i++) warm += trip(bytes);
  for (double until = now() + milliseconds; now() < until && n < MOST;) times[n++] = trip(bytes) * 1e3;
  qsort(times, n, sizeof *times, by_size);
  double median = times[n / 2], p99 = times[(int)(n * 0.99)];
  int count = milliseconds * 1e3 / median;
  if (count > MOST) count = MOST;
  if (count < 5) count = 5;
  double began = now();
  int window = PIECE / bytes > 16 ? 16 : PIECE / bytes < 1 ? 1 : PIECE / bytes;
  for (int i = 1; i < count; i++) {
    int waits = lossy && i % window == 0;
    send_message(bytes, waits ? BACK : TAKE);
    if (waits) receive_message(bytes);
  }
  send_message(bytes, LAST);
  receive_message(bytes);
  printf("%s{\"bytes\":%d,\"median\":%.3f,\"p99\":%.3f,\"rate\":%.0f}", first ? "" : ",", bytes, median, p99,
         count * 1e3 / (now() - began));
}

static void answer(int bytes) {
  for (;;) {
    int mark = receive_message(bytes);
    if (mark == BACK || mark == LAST) send_message(bytes, 0);
    if (mark == OVER) return;
  }
}

// Two one-way streams, or one that goes both ways; each side takes its ends after fork.
static int ends[2][2];
static int both_ways;
static int listener = -1, datagrams[2] = {-1, -1};
static struct sockaddr_in places[2];

static void open_fifos(void) {
  char folder[64], path[80];
  snprintf(folder, sizeof folder, "/tmp/interleave-compare-%d-XXXXXX", getpid());
  if (!mkdtemp(folder)) fail("mkdtemp");
  for (int i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "%s/%d", folder, i);
    if (mkfifo(path, 0600) < 0) fail("mkfifo");
    ends[i][0] = open(path, O_RDONLY | O_NONBLOCK);
    ends[i][1] = open(path, O_WRONLY);
    fcntl(ends[i][0], F_SETFL, 0);
    unlink(path);
  }
  rmdir(folder);
}

static void open_udp(void) {
  for (int i = 0; i < 2; i++) {
    socklen_t length = sizeof places[i];
    datagrams[i] = socket(AF_INET, SOCK_DGRAM, 0);
    places[i] = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(datagrams[i], (struct sockaddr *)&places[i], length) < 0) fail("bind");
    getsockname(datagrams[i], (struct sockaddr *)&places[i], &length);
  }
  for (int i = 0; i < 2; i++) {
    if (connect(datagrams[i], (struct sockaddr *)&places[1 - i], sizeof places[0]) < 0) fail("connect");
  }
}

static void open_line(const char *name) {
  put = fd_put;
  take = fd_take;
  if (open_memory(name)) return;
  if (!strcmp(name, "pipe")) {
    for (int i = 0; i < 2; i++)
      if (pipe2(ends[i], 0) < 0) fail("pipe2");
  } else if (!strcmp(name, "fifo")) {
    open_fifos();
  } else if (!strcmp(name, "unixSocket") || !strcmp(name, "socketPair") || !strcmp(name, "rpc")) {
    both_ways = 1;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends[0]) < 0) fail("socketpair");
    if (!strcmp(name, "rpc")) {
      put = rpc_put;
      take = rpc_take;
    }
  } else if (!strcmp(name, "unixDatagram")) {
    both_ways = 1;
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends[0]) < 0) fail("socketpair");
  } else if (!strcmp(name, "remote")) {
    both_ways = 1;
    most = 32768; // what is compared with it takes no more
    if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends[0]) < 0) fail("socketpair");
  } else if (!strcmp(name, "tcp")) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    int one = 1;
    both_ways = 1;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, length) < 0 || listen(listener, 1) < 0) fail("listen");
    getsockname(listener, (struct sockaddr *)&here, &length);
    ends[0][0] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(ends[0][0], (struct sockaddr *)&here, length) < 0) fail("connect");
    ends[0][1] = accept(listener, NULL, NULL);
    for (int i = 0; i < 2; i++) setsockopt(ends[0][i], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  } else if (!strcmp(name, "udp")) {
    both_ways = 1;
    most = 32768;
    lossy = 1;
    open_udp();
    ends[0][0] = datagrams[0];
    ends[0][1] = datagrams[1];
  } else if (!strcmp(name, "posixQueue")) {
    struct mq_attr attributes = {.mq_maxmsg = 10, .mq_msgsize = 8192};
    char path[64];
    most = 8192;
    for (int i = 0; i < 2; i++) {
      snprintf(path, sizeof path, "/interleave-compare-%d-%d", getpid(), i);
      queues[i] = mq_open(path, O_RDWR | O_CREAT | O_EXCL, 0600, &attributes);
      if (queues[i] < 0) fail("mq_open");
      mq_unlink(path);
    }
    put = mq_put;
    take = mq_take;
  } else if (!strcmp(name, "sysvQueue")) {
    most = 8192;
    for (int i = 0; i < 2; i++) {
      ids[i] = msgget(IPC_PRIVATE, 0600);
      if (ids[i] < 0) fail("msgget");
    }
    put = msg_put;
    take = msg_take;
  } else if (!strcmp(name, "signal")) {
    most = 16;
    lossy = 1;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGRTMIN + 1);
    sigprocmask(SIG_BLOCK, &awaited, NULL);
    put = signal_put;
    take = signal_take;
  } else {
    printf("[]");
    exit(0);
  }
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  open_line(argv[1]);
  pid_t parent = getpid();
  pid_t child = fork();
  side = child == 0;
  other = side == 0 ? child : parent;
  if (side == 1) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) return 1;
  }
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(atoi(argv[3 + side]), &set);
  sched_setaffinity(0, sizeof set, &set);
  if (both_ways) out = in = ends[0][side];
  else {
    out = ends[side][1];
    in = ends[1 - side][0];
  }
  if (side == 0) printf("[");
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    // Datagrams and queues have messages of a limited size, and are not measured beyond it.
    if (most < PIECE && sizes[i] > most) continue;
    if ((!strcmp(argv[1], "unixDatagram") || !strcmp(argv[1], "rpc")) && sizes[i] > PIECE) continue;
    if (side == 1) answer(sizes[i]);
    else {
      measure(sizes[i], atof(argv[2]), i == 0);
      send_message(sizes[i], OVER);
    }
  }
  if (side == 0) {
    printf("]");
    waitpid(child, NULL, 0);
    for (int i = 0; i < 2; i++)
      if (ids[i]) msgctl(ids[i], IPC_RMID, NULL);
    if (semaphores >= 0) semctl(semaphores, 0, IPC_RMID);
  }
  return 0;
}
