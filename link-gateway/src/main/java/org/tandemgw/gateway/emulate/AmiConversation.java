package org.tandemgw.gateway.emulate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * One session of a simulated Asterisk: banner, challenge, login, Ping, Logoff, the lists; everything else is refused as a user without rights is. It shares no code with what
 * logs in. Guarded by the leg's lock.
 */
final class AmiConversation implements Conversation {
    private static final String BANNER = "Asterisk Call Manager/9.0.0\r\n";
    private static final int LONGEST_REQUEST = 16 * 1024;

    private final AmiSettings settings;
    private final FrameSource source;
    private final long upSinceMs;
    private final String challenge;
    private final StringBuilder request = new StringBuilder();
    private boolean loggedIn;
    private boolean over;
    private boolean challenged;

    AmiConversation(AmiSettings settings, FrameSource source, Random random, long upSinceMs) {
        this.settings = settings;
        this.source = source;
        this.upSinceMs = upSinceMs;
        this.challenge = Integer.toString(100_000_000 + random.nextInt(900_000_000));
    }

    @Override
    public byte[] greeting() {
        return bytes(BANNER);
    }

    @Override
    public boolean loggedIn() {
        return loggedIn;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public List<byte[]> heard(byte[] buffer, int length, long nowMs) {
        final List<byte[]> answers = new ArrayList<>();
        request.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        over |= request.length() > LONGEST_REQUEST;
        int end = request.indexOf("\r\n\r\n");
        while (end >= 0 && !over) {
            final Map<String, String> headers = new LinkedHashMap<>();
            for (final String line : request.substring(0, end).split("\r\n")) {
                final int colon = line.indexOf(':');
                if (colon > 0) {
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                }
            }
            request.delete(0, end + 4);
            answer(headers, answers, nowMs);
            end = request.indexOf("\r\n\r\n");
        }
        return answers;
    }

    private void answer(Map<String, String> asked, List<byte[]> answers, long nowMs) {
        final String action = asked.getOrDefault("action", "");
        final String id = asked.containsKey("actionid") ? "ActionID: " + asked.get("actionid") + "\r\n" : "";
        switch (action.toLowerCase(Locale.ROOT)) {
            case "challenge" -> {
                challenged = true;
                answers.add(response("Success", id, "Challenge: " + challenge + "\r\n"));
            }
            case "login" -> logIn(asked, id, answers, nowMs);
            case "logoff" -> {
                over = true;
                answers.add(response("Goodbye", id, "Message: Thanks for all the fish.\r\n"));
            }
            default -> {
                if (!loggedIn) {
                    answers.add(response("Error", id, "Message: Permission denied\r\n"));
                } else if (action.equalsIgnoreCase("Ping")) {
                    answers.add(response(
                            "Success",
                            id,
                            String.format(
                                    Locale.ROOT,
                                    "Ping: Pong\r\nTimestamp: %d.%06d\r\n",
                                    nowMs / 1000,
                                    nowMs % 1000 * 1000)));
                } else {
                    list(action, id, answers);
                }
            }
        }
    }

    private void logIn(Map<String, String> asked, String id, List<byte[]> answers, long nowMs) {
        final boolean md5 = "MD5".equalsIgnoreCase(asked.get("authtype"));
        final boolean proved = md5
                ? challenged && key().equals(asked.get("key"))
                : settings.secret().equals(asked.get("secret"));
        if (!proved || !settings.user().equals(asked.get("username"))) {
            answers.add(response("Error", id, "Message: Authentication failed\r\n"));
            over = true;
            return;
        }
        loggedIn = true;
        answers.add(response("Success", id, "Message: Authentication accepted\r\n"));
        answers.add(bytes("Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: " + (nowMs - upSinceMs) / 1000
                + "\r\nLastReload: " + (nowMs - upSinceMs) / 1000 + "\r\nStatus: Fully Booted\r\n\r\n"));
    }

    private void list(String action, String id, List<byte[]> answers) {
        final List<String> items = source.standing(action);
        if (items == null) {
            answers.add(response("Error", id, "Message: Permission denied\r\n"));
            return;
        }
        answers.add(response("Success", id, "EventList: start\r\nMessage: " + action + " will follow\r\n"));
        for (final String item : items) {
            final int first = item.indexOf("\r\n") + 2;
            answers.add(bytes("Event: " + item.substring(0, first) + id + item.substring(first) + "\r\n"));
        }
        answers.add(bytes("Event: " + action + "Complete\r\n" + id + "EventList: Complete\r\nListItems: " + items.size()
                + "\r\n\r\n"));
    }

    private String key() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(bytes(challenge + settings.secret())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }

    private static byte[] response(String word, String id, String more) {
        return bytes("Response: " + word + "\r\n" + id + more + "\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
