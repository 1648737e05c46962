/** The code with another check letter than its own (EA048). */
export const wrongCheck = (code: string): string =>
  code.slice(0, 15) + String.fromCharCode(65 + ((code.charCodeAt(15) - 64) % 26));
