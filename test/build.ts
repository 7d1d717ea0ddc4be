// Compiles the lab before the first test, so that no test pays for it and no two do it at once.
export async function setup(): Promise<void> {
  const builder = (await import('../bin/build.js' as string)) as { built(): Promise<string> };
  await builder.built();
}
