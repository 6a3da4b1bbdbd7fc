/** Whether a text can be a reason: more than spaces and digits, as `Acknowledge` asks for as well. */
export function isReason(text: string | undefined): text is string {
  return text !== undefined && /[^\s\d]/.test(text);
}
