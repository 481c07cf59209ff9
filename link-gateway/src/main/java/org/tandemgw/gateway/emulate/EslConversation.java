package org.tandemgw.gateway.emulate;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One session of a simulated FreeSWITCH: the request to log in, auth, userauth, event, api with its lists, nolog, exit; everything else is not found. It shares no code with
 * what logs in. Events are sent once they are subscribed.
 */
final class EslConversation implements Conversation {
    private static final int LONGEST_REQUEST = 16 * 1024;
    private static final int PIECE = 16 * 1024;

    private final AmiSettings settings;
    private final FrameSource source;
    private final StringBuilder request = new StringBuilder();
    private boolean proved;
    private boolean subscribed;
    private boolean over;

    EslConversation(AmiSettings settings, FrameSource source) {
        this.settings = settings;
        this.source = source;
    }

    @Override
    public byte[] greeting() {
        return bytes("Content-Type: auth/request\n\n");
    }

    @Override
    public boolean loggedIn() {
        return subscribed;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public List<byte[]> heard(byte[] buffer, int length, long nowMs) {
        final List<byte[]> answers = new ArrayList<>();
        request.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1).replace("\r", ""));
        over |= request.length() > LONGEST_REQUEST;
        int end = request.indexOf("\n\n");
        while (end >= 0 && !over) {
            final String command = request.substring(0, end).strip().split("\n", 2)[0];
            request.delete(0, end + 2);
            answer(command, answers);
            end = request.indexOf("\n\n");
        }
        return answers;
    }

    private void answer(String command, List<byte[]> answers) {
        final String word = command.split(" ", 2)[0].toLowerCase(Locale.ROOT);
        if (word.equals("exit")) {
            answers.add(reply("+OK bye"));
            hangUp(answers);
        } else if (!proved) {
            proved = command.equals("auth " + settings.secret())
                    || command.startsWith("userauth ") && command.endsWith(":" + settings.secret());
            answers.add(reply(proved ? "+OK accepted" : "-ERR invalid"));
            if (!proved) {
                hangUp(answers);
            }
        } else if (command.startsWith("event plain ")) {
            subscribed = true;
            answers.add(reply("+OK event listener enabled plain"));
        } else if (word.equals("nolog")) {
            answers.add(reply("-ERR not loging"));
        } else if (word.equals("api")) {
            final byte[] answer = api(command.substring(4).strip());
            for (int at = 0; at < answer.length; at += PIECE) {
                answers.add(java.util.Arrays.copyOfRange(answer, at, Math.min(answer.length, at + PIECE)));
            }
        } else {
            answers.add(reply("-ERR command not found"));
        }
    }

    private byte[] api(String asked) {
        final List<String> rows = source.standing(asked);
        final String body;
        if (rows == null) {
            body = "-ERR " + asked.split(" ", 2)[0] + " Command not found!\n";
        } else if (!asked.endsWith(" as json")) {
            // Names of columns are told only if there is a row.
            body = rows.size() > 1 ? String.join("\n", rows) + "\n+OK\n" : "+OK\n";
        } else if (rows.isEmpty()) {
            body = "{\"row_count\": 0}\n";
        } else {
            body = "{\"row_count\":" + rows.size() + ",\"rows\":[" + String.join(",", rows) + "]}";
        }
        final byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        final byte[] head = bytes("Content-Type: api/response\nContent-Length: " + bytes.length + "\n\n");
        final byte[] all = java.util.Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);
        return all;
    }

    private void hangUp(List<byte[]> answers) {
        over = true;
        final String words = "Disconnected, goodbye.\n";
        answers.add(bytes("Content-Type: text/disconnect-notice\nContent-Length: " + words.length() + "\n\n" + words));
    }

    private static byte[] reply(String text) {
        return bytes("Content-Type: command/reply\nReply-Text: " + text + "\n\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
