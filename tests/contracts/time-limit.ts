/** Far longer than a task takes that ends by itself, on a machine that stalls. */
export const TIME_LIMIT_MS = 8_000;
