package org.tandemgw.gateway.control;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import org.tandemgw.gateway.json.JsonFormatException;

/** From the path of a request to the wish in it: {@code …/select/B?cards=1,2&epoch=7&forced&commissioning}. Pure. */
final class WishWords {
    private static final int MOST_CARDS = 64;

    private WishWords() {}

    /** Groups: the switch, the position, the words behind the question mark. */
    static TrunkControl.Wish read(MatchResult path) {
        List<Integer> cards = List.of();
        Long epoch = null;
        boolean forced = false;
        boolean commissioning = false;
        final String words = path.group(3) == null ? "" : path.group(3);
        for (final String word : words.isEmpty() ? new String[0] : words.split("&")) {
            if (word.matches("cards=\\d{1,4}(,\\d{1,4})*")) {
                cards = cards(word.substring("cards=".length()));
            } else if (word.matches("epoch=\\d{1,18}")) {
                epoch = Long.valueOf(word.substring("epoch=".length()));
            } else if (word.equals("forced")) {
                forced = true;
            } else if (word.equals("commissioning")) {
                commissioning = true;
            } else {
                throw new JsonFormatException("'" + word + "' is none of cards=N,N  epoch=N  forced  commissioning");
            }
        }
        return new TrunkControl.Wish(path.group(1), path.group(2), cards, epoch, forced, commissioning);
    }

    private static List<Integer> cards(String text) {
        final List<Integer> cards = new ArrayList<>();
        for (final String card : text.split(",")) {
            if (!cards.contains(Integer.valueOf(card))) {
                cards.add(Integer.valueOf(card));
            }
        }
        if (cards.size() > MOST_CARDS) {
            throw new JsonFormatException("more than " + MOST_CARDS + " cards");
        }
        return cards;
    }
}
