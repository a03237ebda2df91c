/** The same function, computed once for each key. */
export function remembered<A extends readonly (string | number)[], B>(compute: (...key: A) => B): (...key: A) => B {
  const known = new Map<string, B>();
  return (...key) => {
    const name = key.join(' ');
    const value = known.has(name) ? (known.get(name) as B) : compute(...key);
    known.set(name, value);
    return value;
  };
}
