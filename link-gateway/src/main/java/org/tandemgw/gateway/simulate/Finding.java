package org.tandemgw.gateway.simulate;

/**
 * Something that an operator would not want. Component names are the JSON keys.
 *
 * @param what in one sentence
 * @param fault of which case; null: of all
 * @param episodes in how many of them
 * @param of how many
 * @param key of the file that causes it; null: none does
 * @param remedy what to write there, or to do
 * @param tried whether the remedy was simulated, and none of those episodes went wrong with it
 * @param seed of the worst
 */
public record Finding(
        String what, String fault, long episodes, long of, String key, String remedy, boolean tried, long seed) {}
