package org.tandemgw.profiles.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known word that somebody probably meant. */
public final class Nearest {

    private static final int LONGEST_COMPARED = 64;

    private Nearest() {}

    /**
     * Finds the nearest known word by edit distance (insert, delete, replace, swap of neighbours).
     *
     * @param word what was written
     * @param known what could have been written
     * @return the nearest, if it is near enough to be meant
     */
    public static Optional<String> to(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(lower(word), lower(candidate));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return bestDistance <= Math.max(2, word.length() / 3) && best != null && bestDistance < best.length()
                ? Optional.of(best)
                : Optional.empty();
    }

    private static String lower(String word) {
        String cut = word.length() > LONGEST_COMPARED ? word.substring(0, LONGEST_COMPARED) : word;
        return cut.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cheapest(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
