export async function examine(): Promise<never> {
  throw new Error('not there yet');
}
