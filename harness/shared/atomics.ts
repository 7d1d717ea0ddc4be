// The functions of Atomics, taken out once: looking them up on each call costs as much as the operation, and in the
// realm of student code the name is gone when they are needed. They work on mapped memory as on shared: see
// process/self-test.ts.
export const { add, compareExchange, exchange, load, store, sub } = Atomics;
