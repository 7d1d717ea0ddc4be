import { leftovers } from '../os/leftovers.ts';

/** What was left behind by processes that were killed; removed, but where `look` is given. `kept`: why it could not be. */
export function clean(look: boolean): { what: string; name: string; kept?: string }[] {
  return leftovers().map((leftover) => {
    const { what, name } = leftover;
    if (look) return { what, name };
    try {
      leftover.remove();
      return { what, name };
    } catch (e) {
      return { what, name, kept: (e as Error).message };
    }
  });
}
