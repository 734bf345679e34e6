declare const brand: unique symbol;

/** A type that is told apart from others of the same shape, so that a peer id is never passed where a member id is meant. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
