package org.tandemgw.abswitch.emulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The words of the control channel: one command a line, one line of answer. Pure. */
final class BoxControl {
    /** What can be asked for, a line each. */
    static final String COMMANDS = """
            state                      one JSON object: true positions, pulses, faults, the last commands
            dialect NAME               k16: line, line-lfcr, line-padded, bare, bitmap, quiet-switch, verbose-errors
            quiet on|off               esl-7183: answers nothing but queries
            groups LETTERS             nbs: 16 letters; ports with the same one move together, 0: by itself
            close-after-reply on|off   TCP: one command per connection
            echo on|off                serial: commands come back first
            banner TEXT|off            said when somebody connects
            password TEXT              k16: change it
            frame-idle MS              k16, serial: a half frame is forgotten after so long; 0: never
            insert N | remove N        a card in slot N
            slow N MS                  card N takes so long to move
            stuck N lie|honest|off     card N does not move; its answer says that it did, or not
            hold N A|B|O|off           a held contact keeps card N there, whatever is commanded
            fallback N MS A|B|O        card N goes back there so long after it was moved away; fallback N off
            panel N A|B|O              card N is moved by hand
            all-fails-at N             a command to all cards ends before slot N; 0: it does not
            power keep|a|b [MS]        off for so long (default 500), then positions kept, or all there
            silent on|off              acts and says nothing
            deaf on|off                does nothing and says nothing
            busy on|off                answers BUSY and does nothing
            drop-while-busy on|off     loses what comes while a command runs
            cut-replies on|off         only the first half of each answer
            delay MS                   answers come so much later
            delay-once MS              only the next one does: it may come while another order runs
            queries-lie on|off         queries say what was last commanded, whatever the relays did
            garbage BYTES              noise before each answer
            noise BYTES                noise on the wire, now
            garble on|off              serial: the line runs at another speed
            second refuse|close|mute|serve   what a second TCP connection gets
            close never|before|during|after  when it closes the connection by itself, seen from the CR
            close-once ...             the same, once
            at-select COMMAND          does COMMAND when the next select is understood, before it is carried out
            at-query COMMAND           the same at the next query
            unplug | plug              the line of --pty: gone, there again
            well                       end all faults of the box; those of cards stay
            """;

    private static final int MOST_MS = 600_000;

    private final BoxModel model;
    private final EmulatedBox box;

    BoxControl(BoxModel model, EmulatedBox box) {
        this.model = model;
        this.box = box;
    }

    /** Does what one line says. {@code ok}, the state, or {@code error: …}. */
    String command(String line, long nowNs) {
        box.run(nowNs);
        final String[] words = line.strip().split("\\s+");
        try {
            return words[0].equals("state") ? state() : obey(words, line.strip(), nowNs);
        } catch (NumberFormatException e) {
            return "error: not a number in: " + line.strip();
        } catch (ArrayIndexOutOfBoundsException e) {
            return "error: something is missing after: " + line.strip();
        } catch (IllegalArgumentException e) {
            return "error: " + e.getMessage();
        }
    }

    private String obey(String[] words, String line, long nowNs) {
        final BoxFaults faults = box.faults();
        switch (words[0]) {
            case "dialect" -> speaks(KabWords.class).dialect(word(ReplyDialect.class, words[1]));
            case "quiet" -> speaks(EslWords.class).quiet(on(words[1]));
            case "groups" -> box.chassis().groups(groups(words[1]));
            case "close-after-reply" -> box.closesAfterReply(on(words[1]));
            case "echo" -> box.echoes(on(words[1]));
            case "banner" -> box.banner(words[1].equals("off") ? "" : line.substring("banner ".length()));
            case "password" -> speaks(KabWords.class).password(words[1]);
            case "frame-idle" -> box.frameIdle(natural(words[1], MOST_MS));
            case "insert" -> box.chassis().insert(slot(words[1]));
            case "remove" -> box.chassis().remove(slot(words[1]));
            case "slow" -> card(words[1]).slow(natural(words[2], MOST_MS));
            case "stuck" -> card(words[1]).stick(!words[2].equals("off"), oneOf(words[2], "lie", "honest", "off") == 0);
            case "hold" -> card(words[1]).hold(positionOrOff(words[2]));
            case "fallback" -> fallBack(words);
            case "panel" -> card(words[1]).move(position(words[2]));
            case "all-fails-at" -> faults.allFailsAt = natural(words[1], Chassis.SLOTS);
            case "power" ->
                box.power(
                        new char[] {0, 'A', 'B'}[oneOf(words[1], "keep", "a", "b")],
                        words.length > 2 ? natural(words[2], MOST_MS) : 500,
                        nowNs);
            case "silent" -> faults.silent = on(words[1]);
            case "deaf" -> faults.deaf = on(words[1]);
            case "busy" -> faults.busy = on(words[1]);
            case "drop-while-busy" -> faults.dropsWhileBusy = on(words[1]);
            case "cut-replies" -> faults.cutsReplies = on(words[1]);
            case "queries-lie" -> faults.queriesLie = on(words[1]);
            case "delay-once" -> faults.delayOnceMs = natural(words[1], MOST_MS);
            case "delay" -> faults.delayMs = natural(words[1], MOST_MS);
            case "garbage" -> faults.garbageBytes = natural(words[1], 65_536);
            case "noise" -> box.noise(natural(words[1], 65_536));
            case "garble" -> faults.garbles = on(words[1]);
            case "second" -> faults.second = word(BoxFaults.Second.class, words[1]);
            case "close", "close-once" -> {
                faults.closing = word(BoxFaults.Closing.class, words[1]);
                faults.closesOnce = words[0].equals("close-once");
            }
            case "at-query", "at-select" ->
                later(words[0], line.substring(words[0].length()).strip());
            case "well" -> {
                faults.end();
                box.at(true, null);
                box.at(false, null);
            }
            default -> throw new IllegalArgumentException("unknown command: " + words[0]);
        }
        return "ok";
    }

    private void later(String when, String line) {
        final String[] words = line.split("\\s+");
        if (words[0].startsWith("at-") || words[0].isEmpty()) {
            throw new IllegalArgumentException("one command goes there, not: " + line);
        }
        box.at(when.equals("at-query"), () -> obey(words, line, box.nowNs()));
    }

    private void fallBack(String[] words) {
        if (words[2].equals("off")) {
            card(words[1]).fallBack((char) 0, 0);
        } else {
            card(words[1]).fallBack(position(words[3]), natural(words[2], MOST_MS));
        }
    }

    private String state() {
        final StringBuilder pulses = new StringBuilder();
        for (int slot = 1; slot <= Chassis.SLOTS; slot++) {
            final Chassis.Card card = box.chassis().card(slot);
            pulses.append(slot == 1 ? "" : ",").append(card == null ? 0 : card.pulses());
        }
        return "{\"positions\":\"" + box.chassis().positions() + "\",\"pulses\":[" + pulses + "],\"powered\":"
                + box.powered() + ",\"tcpSessions\":" + box.tcpSessions() + ",\"log\":["
                + box.log().stream().map(BoxControl::quoted).collect(Collectors.joining(",")) + "]}";
    }

    /** What came over the wire may hold anything. */
    private static String quoted(String text) {
        final StringBuilder quoted = new StringBuilder("\"");
        for (final char each : text.toCharArray()) {
            if (each == '"' || each == '\\') {
                quoted.append('\\').append(each);
            } else if (each < ' ' || each > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) each));
            } else {
                quoted.append(each);
            }
        }
        return quoted.append('"').toString();
    }

    private Chassis.Card card(String word) {
        final Chassis.Card card = box.chassis().card(slot(word));
        if (card == null) {
            throw new IllegalArgumentException("slot " + word + " is empty");
        }
        return card;
    }

    private static int slot(String word) {
        final int slot = natural(word, Chassis.SLOTS);
        if (slot == 0) {
            throw new IllegalArgumentException("slots are 1 to " + Chassis.SLOTS);
        }
        return slot;
    }

    private char position(String word) {
        return model.positions().charAt(oneOf(word, model.positions().split("")));
    }

    private <W> W speaks(Class<W> type) {
        if (!type.isInstance(box.words())) {
            throw new IllegalArgumentException("that is nothing of model " + model.id());
        }
        return type.cast(box.words());
    }

    private static String groups(String letters) {
        if (letters.length() != Chassis.SLOTS) {
            throw new IllegalArgumentException(Chassis.SLOTS + " letters, not " + letters.length());
        }
        return letters;
    }

    private char positionOrOff(String word) {
        return word.equals("off") ? 0 : position(word);
    }

    private static boolean on(String word) {
        return oneOf(word, "off", "on") == 1;
    }

    private static int oneOf(String word, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals(word)) {
                return i;
            }
        }
        throw new IllegalArgumentException(String.join(", ", words) + "; not " + word);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        final E[] all = type.getEnumConstants();
        return all[
                oneOf(
                        word,
                        Arrays.stream(all)
                                .map(each ->
                                        each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .toArray(String[]::new))];
    }

    private static int natural(String word, int most) {
        final int number = Integer.parseInt(word);
        if (number < 0 || number > most) {
            throw new IllegalArgumentException("0 to " + most + ", not " + word);
        }
        return number;
    }
}
