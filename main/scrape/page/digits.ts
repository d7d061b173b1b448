/**
 * A function that writes a locale's own decimal digits as 0 to 9 and leaves everything else alone.
 * Latin, Arabic-Indic, Persian, Devanagari, Bengali, Thai and full-width digits are always understood.
 */
export function latinDigits(locale: string): (text: string) => string {
  const zeros = ['٠', '۰', '०', '০', '๐', '０'].map((zero) => zero.codePointAt(0) ?? 0);
  const own = new Intl.NumberFormat(locale, { useGrouping: false }).format(0).codePointAt(0);
  if (own !== undefined && own > 0x39) zeros.push(own);
  return (text) =>
    /^[\x20-\x7e]*$/.test(text)
      ? text
      : text.replace(/\p{Nd}/gu, (digit) => {
          const code = digit.codePointAt(0) ?? 0;
          const zero = zeros.find((one) => code >= one && code < one + 10);
          return zero === undefined ? digit : String(code - zero);
        });
}
