// By hand: two shelves in one monitor, each a ring. Whoever takes a letter out looks at the urgent shelf first.
import { condition, int32, int32Array, mutex, solve } from 'interleave';
import problem from 'interleave/problems/priority-mail';

export default solve(problem, {
  share: (c) => ({
    lock: mutex(),
    notFull: condition(),
    notEmpty: condition(),
    room: int32(c.capacity),
    urgent: { letters: int32Array(c.capacity), first: int32(), count: int32() },
    ordinary: { letters: int32Array(c.capacity), first: int32(), count: int32() },
  }),

  writer({ lock, notFull, room, notEmpty, ...shelves }, me) {
    for (const { number, urgent } of me.letters) {
      const { letters, first, count } = urgent ? shelves.urgent : shelves.ordinary;
      lock.lock();
      while (room.value === 0) notFull.wait(lock);
      room.value--;
      letters[(first.value + count.value) % letters.length] = number;
      count.value++;
      notEmpty.signal();
      lock.unlock();
    }
  },

  clerk({ lock, notFull, room, notEmpty, ...shelves }, me) {
    for (const _turn of me.turns) {
      lock.lock();
      while (shelves.urgent.count.value + shelves.ordinary.count.value === 0) notEmpty.wait(lock);
      const { letters, first, count } = shelves.urgent.count.value > 0 ? shelves.urgent : shelves.ordinary;
      const letter = letters[first.value];
      first.value = (first.value + 1) % letters.length;
      count.value--;
      room.value++;
      notFull.signal();
      lock.unlock();
      me.open(letter);
    }
  },
});
