package org.tandemgw.abswitch.emulator;

/**
 * A single switch in the style of the Electro Standards 7183: one control character is a whole order, without Enter, and
 * everything else is ignored. Of a Dataprobe query it therefore hears two selects: {@code ^A}, then {@code ^B}.
 */
final class EslWords implements BoxWords {
    private static final int TO_A = 0x01;
    private static final int TO_B = 0x02;
    private static final int OFFLINE = 0x0f;
    private static final int ASK = 0x10;

    private boolean quiet;

    /** Whether only queries are answered. What a select is answered with is not public. */
    void quiet(boolean on) {
        quiet = on;
    }

    @Override
    public BoxInput input() {
        return new BoxInput() {
            @Override
            public BoxOrder take(int octet) {
                return switch (octet) {
                    case TO_A -> order('A');
                    case TO_B -> order('B');
                    case OFFLINE -> order('O');
                    case ASK -> order(BoxOrder.QUERY);
                    default -> null;
                };
            }

            @Override
            public boolean wantsEnd() {
                return false;
            }

            @Override
            public boolean idle() {
                return true;
            }

            @Override
            public void drop() {
                // One byte is a whole order: there is nothing to forget.
            }
        };
    }

    private static BoxOrder order(char wanted) {
        return new BoxOrder(1, wanted, null, "1 " + wanted);
    }

    @Override
    public String answer(int slot, String claimed) {
        return "Position: " + (claimed.charAt(0) == 'O' ? "OFFLINE" : String.valueOf(claimed.charAt(0))) + "\r\n";
    }

    @Override
    public boolean answersSelect() {
        return !quiet;
    }

    @Override
    public String refusal(String what) {
        return "";
    }

    @Override
    public String busy() {
        return "BUSY\r\n";
    }
}
