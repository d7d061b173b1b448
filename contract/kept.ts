/**
 * A function whose answers are kept, by their one argument: for what takes long to find, is asked for again
 * and again, and is the same each time. Once `most` are kept all are forgotten. An error isn't kept.
 */
export function kept<Key, Answer extends object | string | number>(
  most: number,
  find: (key: Key) => Answer,
): (key: Key) => Answer {
  const answers = new Map<Key, Answer>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = find(key);
    if (answers.size >= most) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}
