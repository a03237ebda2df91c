/** One request of the protocol, without its id. */
export type Request =
  | { readonly op: 'describe' }
  | { readonly op: 'call'; readonly operation: string; readonly input: unknown }
  | {
      readonly op: 'create';
      readonly operation: string;
      readonly input: { readonly parameters: unknown; readonly hyperparameters: unknown };
    }
  | { readonly op: 'step'; readonly handle: string; readonly gradients: unknown }
  | { readonly op: 'free'; readonly handle: string };

/** What came back for one request. */
export type Reply =
  /**
   * The object that was answered: its `id` is the asked one, non-finite numbers in `output` and `parameters` are decoded,
   * and nothing nests deeper than an answer can; nothing else of it is checked yet.
   */
  | { readonly kind: 'answer'; readonly message: Readonly<Record<string, unknown>> }
  /** `{"id":N,"error":"…"}`: the reason, on one line and of bounded length. */
  | { readonly kind: 'refused'; readonly reason: string }
  /**
   * It died, hung, flooded stdout or answered nonsense: in words that go on from "the process …", on one line. The next
   * request goes to a fresh process.
   */
  | { readonly kind: 'broken'; readonly how: string };

/** Whoever is judged: a process, or a stand-in in this one. Requests are asked one after the other. */
export interface Peer {
  /** Never rejects for what the judged side does: all of that is a reply. */
  ask(request: Request): Promise<Reply>;
  /** Counts the processes that came to their end: it changes with every `broken`, and a handle of before is void. */
  readonly generation: number;
  /** Ends the process and all that it left behind; where none runs, nothing. */
  close(): Promise<void>;
}
