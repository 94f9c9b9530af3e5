/** What the user gave cannot be used. The message is one line for them: what is wrong, and what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
