package org.tandemgw.abswitch.emulator;

import java.util.Locale;

/**
 * How an answer is worded. What the real boxes say is not public: every one of these is an assumption, and a driver has to
 * live with all of them.
 */
enum ReplyDialect {
    /** {@code 7 B} CR LF. */
    LINE("\r\n"),
    /** {@code 7 B} LF CR. */
    LINE_LFCR("\n\r"),
    /** An empty line, then {@code 07 b} CR LF; even slots in capitals. */
    LINE_PADDED("\r\n"),
    /** {@code B} CR LF for one card; all cards as LINE. */
    BARE("\r\n"),
    /** A character for each slot, whatever was asked, and no end. */
    BITMAP(""),
    /** As LINE, but a select is not answered. */
    QUIET_SWITCH("\r\n"),
    /** As LINE, but refusals are answered. */
    VERBOSE_ERRORS("\r\n");

    private static final String EMPTY_SLOT = "NONE";

    private final String end;

    ReplyDialect(String end) {
        this.end = end;
    }

    /** Whether a select is answered at all. */
    boolean answersSelect() {
        return this != QUIET_SWITCH;
    }

    /** Whether a refusal is answered. */
    boolean answersRefusal() {
        return this == VERBOSE_ERRORS;
    }

    String refusal(String what) {
        return "ERROR " + what + end;
    }

    String busy() {
        return "BUSY\r\n";
    }

    /**
     * The answer.
     *
     * @param slot which card was asked for; 0: all
     * @param claimed A, B or - for each slot
     */
    String answer(int slot, String claimed) {
        if (this == BITMAP) {
            return claimed;
        }
        final StringBuilder text = new StringBuilder(this == LINE_PADDED ? end : "");
        if (slot > 0) {
            return text.append(line(slot, claimed.charAt(slot - 1), this == BARE))
                    .toString();
        }
        for (int each = 1; each <= claimed.length(); each++) {
            text.append(line(each, claimed.charAt(each - 1), false));
        }
        return text.toString();
    }

    private String line(int slot, char position, boolean bare) {
        final String state = position == '-' ? EMPTY_SLOT : String.valueOf(position);
        if (bare) {
            return state + end;
        }
        return this == LINE_PADDED ? padded(slot, state) + end : slot + " " + state + end;
    }

    private static String padded(int slot, String state) {
        return String.format(Locale.ROOT, "%02d %s", slot, slot % 2 == 0 ? state : state.toLowerCase(Locale.ROOT));
    }
}
