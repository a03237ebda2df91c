const MOST_KEPT = 500;

/** f with its results kept, by the JSON of the argument. */
export function remembered<K, V>(f: (key: K) => V): (key: K) => V {
  const known = new Map<string, V>();
  return (key) => {
    const name = JSON.stringify(key);
    const before = known.get(name);
    if (before !== undefined) return before;
    const value = f(key);
    if (known.size >= MOST_KEPT) known.clear();
    known.set(name, value);
    return value;
  };
}
