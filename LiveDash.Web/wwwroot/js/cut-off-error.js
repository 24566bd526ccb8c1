// The connection broke; an answer without its end is the same to a reader. Nothing else is worth asking again for.
export class CutOffError extends Error {}
