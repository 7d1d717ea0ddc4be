/** Bad input: the message names the value and the next step. The command exits with 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
}
