package org.tandemgw.abswitch.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What one link has sent so far of a frame: {@code ESC password ^A card ^B command CR}. Anything else is dropped without a
 * word, as far as the box is concerned. Pure.
 */
final class FrameInput {
    static final int ESC = 0x1b;
    static final int CARD_FOLLOWS = 0x01;
    static final int COMMAND_FOLLOWS = 0x02;
    static final int CR = 0x0d;

    /** A frame longer than this is dropped. */
    static final int LIMIT = 64;

    /** A whole frame; nothing in it has been judged yet. */
    record Request(String password, String card, String command) {}

    private enum State {
        /** Waits for ESC. */
        IDLE,
        /** After ESC. */
        PASSWORD,
        /** After ^A. */
        CARD,
        /** After ^B. */
        COMMAND
    }

    private final ByteArrayOutputStream password = new ByteArrayOutputStream();
    private final ByteArrayOutputStream card = new ByteArrayOutputStream();
    private final ByteArrayOutputStream command = new ByteArrayOutputStream();
    private State state = State.IDLE;
    private int length;

    /** Takes the next byte. The request, if this byte was the CR of a whole frame, else null. */
    Request take(int octet) {
        if (octet == ESC) {
            begin();
            return null;
        }
        if (state == State.IDLE) {
            return null;
        }
        length++;
        if (length > LIMIT) {
            drop();
            return null;
        }
        switch (state) {
            case PASSWORD -> inPassword(octet);
            case CARD -> inCard(octet);
            case COMMAND -> {
                return inCommand(octet);
            }
            default -> throw new IllegalStateException("a byte in state " + state);
        }
        return null;
    }

    private void inPassword(int octet) {
        if (octet == CARD_FOLLOWS) {
            state = State.CARD;
        } else if (octet == CR || octet == COMMAND_FOLLOWS) {
            drop();
        } else {
            password.write(octet);
        }
    }

    private void inCard(int octet) {
        if (octet == COMMAND_FOLLOWS) {
            state = State.COMMAND;
        } else if (octet == CR || octet == CARD_FOLLOWS) {
            drop();
        } else {
            card.write(octet);
        }
    }

    private Request inCommand(int octet) {
        if (octet == CARD_FOLLOWS || octet == COMMAND_FOLLOWS) {
            drop();
        } else if (octet == CR) {
            final Request whole = new Request(text(password), text(card), text(command));
            drop();
            return whole;
        } else {
            command.write(octet);
        }
        return null;
    }

    /** True while the next CR would end a frame: everything before it has come. */
    boolean wantsCr() {
        return state == State.COMMAND && command.size() > 0;
    }

    boolean idle() {
        return state == State.IDLE;
    }

    /** Forgets what has come. */
    void drop() {
        state = State.IDLE;
    }

    private void begin() {
        state = State.PASSWORD;
        length = 0;
        password.reset();
        card.reset();
        command.reset();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
