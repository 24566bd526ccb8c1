// Which of the equal cells between two borders a value falls into; the upper border belongs to the last one, outside is -1.
export function cellOf(value, min, max, cells) {
  if (value < min || value > max) return -1;
  // Multiplied before divided: 29 / 50 * 50 is a little less than 29, and its cell would stay empty.
  return Math.min(Math.floor((value - min) * cells / (max - min)), cells - 1);
}
