/** SIGKILL, which cannot be ignored, to a process or, where negative, to a process group; what has ended is left alone. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended in the meantime
  }
}
