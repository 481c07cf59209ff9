package org.tandemgw.gateway.dialect.esl;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.tandemgw.gateway.dialect.NativeService;

/**
 * One client that takes us for a FreeSWITCH: the request to log in, auth, event, filter, and the lists of how things stand. One command after the other, as a FreeSWITCH does it;
 * the next one waits while the call table is asked. Everything else is refused.
 *
 * <p>Who has proved himself may ask and filter. He is seated, and events begin where he was, with the first {@code event} that names any: not before he has said which ones he
 * wants, and never where he wants none.
 */
final class EslServedSession implements NativeService.Conversation {
    private enum Phase {
        STRANGER,
        /** Proved, and wants no events yet. */
        PROVED,
        /** Wants events, and is not seated yet. */
        SEATING,
        SEATED,
        OVER
    }

    /** A table that does not answer at all has so long. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    private static final int LONGEST_WORD = 40;
    private static final String DENIED = "-ERR permission denied";
    private static final String LISTENING = "+OK event listener enabled plain";
    private static final String FUNCTION = "[a-z0-9_]{1,40}";
    private static final String JOB = "[\\x21-\\x7e]{1,64}";
    /** What a FreeSWITCH knows, and is not done here. */
    private static final Set<String> COMMANDS =
            Set.of("auth", "userauth", "sendevent", "sendmsg", "log", "divert_events", "myevents", "connect", "socket");

    private static final String NOTICE = "Disconnected, goodbye.\n";

    private final NativeService.Client client;
    private final EslRequestReader reader = new EslRequestReader();
    private final EslSubscription subscription = new EslSubscription();
    private Phase phase = Phase.STRANGER;
    private String user = "";
    private Object asking;
    private String job;
    private long askedNs;

    EslServedSession(NativeService.Client client) {
        this.client = client;
    }

    @Override
    public void begin() {
        client.say(EslCommand.latin("Content-Type: auth/request\n\n"));
    }

    @Override
    public void heard(byte[] bytes, int offset, int length) {
        reader.add(bytes, offset, length);
        work();
    }

    @Override
    public boolean listens() {
        return asking == null && phase != Phase.SEATING && phase != Phase.OVER;
    }

    @Override
    public void goOn() {
        if (asking != null && client.nowNs() - askedNs > PATIENCE_NS) {
            answered(null);
        }
        work();
    }

    private void work() {
        while (listens() && client.takesMore()) {
            final String command = reader.next();
            if (command == null) {
                if (!reader.wrong().isEmpty()) {
                    phase = Phase.OVER;
                    client.bad(reader.wrong());
                }
                return;
            }
            if (phase == Phase.STRANGER) {
                beforeLogin(command);
            } else {
                inSession(command);
            }
        }
    }

    @Override
    public void welcome() {
        phase = Phase.SEATED;
        say(LISTENING);
    }

    @Override
    public boolean wants(byte[] frame, int offset, int length) {
        return subscription.wants(frame, offset, length);
    }

    // --- the login ---

    private void beforeLogin(String command) {
        final String word = word(command);
        if (word.equals("auth") && command.length() > 5) {
            prove(client.server(), command.substring(5), "");
        } else if (word.equals("userauth")) {
            userAuth(command.substring(8).strip());
        } else if (word.equals("exit")) {
            leave();
        } else {
            // A FreeSWITCH hangs up on whoever says something else first.
            refuse("said something else before the login");
        }
    }

    /** {@code user@domain:secret}, {@code user:secret}: the domain is anybody's, and whatever is behind the colon is the secret. */
    private void userAuth(String said) {
        final int colon = said.indexOf(':');
        final int at = said.indexOf('@');
        if (colon < 0) {
            refuse("user or secret is wrong");
        } else if (at >= 0 && at < colon) {
            prove(
                    said.substring(0, at),
                    said.substring(colon + 1),
                    "Allowed-Events: all\nAllowed-API: show status callcenter_config\n");
        } else {
            prove(
                    said.substring(0, colon),
                    said.substring(colon + 1),
                    "Allowed-Events: all\nAllowed-API: show status callcenter_config\n");
        }
    }

    private void prove(String name, String secret, String more) {
        if (MessageDigest.isEqual(EslCommand.latin(client.secret(name)), EslCommand.latin(secret))) {
            user = name;
            phase = Phase.PROVED;
            client.proved(name);
            client.say(EslCommand.latin("Content-Type: command/reply\nReply-Text: +OK accepted\n" + more + "\n"));
        } else {
            refuse("user or secret is wrong");
        }
    }

    private void refuse(String why) {
        phase = Phase.OVER;
        client.refuse(why, EslCommand.latin(reply("-ERR invalid") + notice()));
    }

    // --- the session ---

    private void inSession(String command) {
        final String[] words = command.split("\\s+");
        switch (word(command)) {
            case "event" -> event(words);
            case "nixevent" -> {
                subscription.change(words, 1, false);
                say(words.length > 1 ? "+OK events nixed" : "-ERR no keywords supplied");
            }
            case "noevents" -> {
                final boolean any = subscription.any();
                subscription.nothing();
                say(any ? "+OK no longer listening for events" : "-ERR not listening for events");
            }
            case "filter" -> filter(words, command);
            case "api" -> api(command.substring(3).strip(), null);
            case "bgapi" -> api(command.substring(5).strip(), jobId());
            case "nolog" -> say("-ERR not loging");
            case "exit", "..." -> leave();
            case "linger", "nolinger", "getvar", "resume" -> say("-ERR not controlling a session");
            default -> deny(COMMANDS.contains(word(command)) ? word(command) : "an unknown command");
        }
    }

    private static boolean isFormat(String[] words) {
        return words.length > 1
                && switch (words[1].toLowerCase(Locale.ROOT)) {
                    case "plain", "json", "xml" -> true;
                    default -> false;
                };
    }

    private static String format(String[] words) {
        return isFormat(words) ? words[1].toLowerCase(Locale.ROOT) : "plain";
    }

    private void event(String[] words) {
        if (!format(words).equals("plain")) {
            say("-ERR only plain events are served here");
        } else if (!subscription.change(words, isFormat(words) ? 2 : 1, true)) {
            say("-ERR no keywords supplied");
        } else if (phase == Phase.PROVED && subscription.any()) {
            phase = Phase.SEATING;
            client.logIn(user); // what he wants is known before the first frame is looked at
        } else {
            say(LISTENING);
        }
    }

    private void filter(String[] words, String command) {
        if (words.length < 3) {
            say("-ERR invalid syntax");
            return;
        }
        if (words[1].equalsIgnoreCase("delete")) {
            final String value = words.length > 3 ? rest(command, 3) : "";
            subscription.unfilter(words[2], value);
            say("+OK filter deleted. [" + readable(words[2]) + "][" + readable(value) + "]");
            return;
        }
        final boolean add = words[1].equalsIgnoreCase("add") && words.length > 3;
        final String header = words[add ? 2 : 1];
        final String value = rest(command, add ? 3 : 2);
        if (value.replaceFirst("^[+\\- ]*", "").startsWith("/")) {
            say("-ERR regular expressions are not served here");
        } else if (subscription.filter(header, value)) {
            say("+OK filter added. [" + readable(header) + "]=[" + readable(value) + "]");
        } else {
            say("-ERR too many filters");
        }
    }

    /** What stands behind so many words. */
    private static String rest(String command, int words) {
        final String[] parts = command.split("\\s+", words + 1);
        return parts[words];
    }

    /** The one that he gives himself, if he does. */
    private String jobId() {
        return reader.job().matches(JOB) ? reader.job() : UUID.randomUUID().toString();
    }

    /** @param background the id of the job as which it is answered; null: at once */
    private void api(String asked, String background) {
        final EslList.Answer list = EslList.of(String.join(" ", asked.split("\\s+")));
        if (list == null) {
            deny((background == null ? "api " : "bgapi ") + function(asked));
            return;
        }
        if (background != null) {
            client.say(EslCommand.latin("Content-Type: command/reply\nReply-Text: +OK Job-UUID: " + background
                    + "\nJob-UUID: " + background + "\n\n"));
        }
        job = background;
        final Object mine = new Object();
        asking = mine;
        askedNs = client.nowNs();
        client.ask(table -> EslList.utf8(list.of(table, client.acdNs())), answer -> {
            if (asking == mine) {
                answered(answer);
            }
        });
    }

    private void answered(byte[] answer) {
        asking = null;
        final byte[] body = answer == null ? EslList.utf8("-ERR Not known just now\n") : answer;
        if (job == null) {
            client.say(joined(
                    EslCommand.latin("Content-Type: api/response\nContent-Length: " + body.length + "\n\n"), body));
            return;
        }
        final byte[] inside = EslCommand.latin(
                "Event-Name: BACKGROUND_JOB\nJob-UUID: " + job + "\nContent-Length: " + body.length + "\n\n");
        final byte[] head = EslCommand.latin(
                "Content-Length: " + (inside.length + body.length) + "\nContent-Type: text/event-plain\n\n");
        final byte[] event = joined(head, inside, body);
        if (subscription.wants(event, 0, event.length)) {
            client.say(event);
        }
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final byte[] all = new byte[length];
        int at = 0;
        for (final byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** @param action without what stands behind the command: that may be a secret, or somebody's number */
    private void deny(String action) {
        client.denied(action);
        say(DENIED);
    }

    private static String function(String asked) {
        final String name = word(asked);
        return name.matches(FUNCTION) ? name : "?";
    }

    private void leave() {
        phase = Phase.OVER;
        client.leave(EslCommand.latin(reply("+OK bye") + notice()));
    }

    private void say(String text) {
        client.say(EslCommand.latin(reply(text)));
    }

    private static String reply(String text) {
        return "Content-Type: command/reply\nReply-Text: " + text + "\n\n";
    }

    private static String notice() {
        return "Content-Type: text/disconnect-notice\nContent-Length: " + NOTICE.length() + "\n\n" + NOTICE;
    }

    private static String word(String command) {
        return command.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    }

    /** It is said back to him: no line ends in it, and not too much of it. */
    private static String readable(String text) {
        final String one = text.replaceAll("[^\\x20-\\x7e]", "?");
        return one.length() <= LONGEST_WORD ? one : one.substring(0, LONGEST_WORD) + "...";
    }
}
