package org.tandemgw.gateway.dialect.ami;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tandemgw.gateway.dialect.NativeService;

/**
 * One client that takes us for an Asterisk: banner, challenge, login, Events, Ping, Logoff, and what can be told of how things stand. One action after the
 * other, as an Asterisk does it; the next one waits while the call table is asked. Everything else is refused.
 */
final class AmiServedSession implements NativeService.Conversation {
    private enum Phase {
        STRANGER,
        /** Proved, and not seated yet. */
        SEATING,
        SEATED,
        OVER
    }

    /** A table that does not answer at all has so long. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);

    /** So long the ACD may take to greet us before we greet: clients wait for two seconds. */
    private static final long GREETING_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** Where the ACD has greeted nobody yet. */
    private static final String USUAL_BANNER = "Asterisk Call Manager/9.0.0";

    private static final int LONGEST_WORD = 40;
    private static final String DENIED = "Permission denied";
    /** What an Asterisk knows and a user who may only read is denied; other words nobody knows. */
    private static final Set<String> WRITES = Set.of(
            "absolutetimeout",
            "agentlogoff",
            "agi",
            "atxfer",
            "bridge",
            "bridgedestroy",
            "bridgekick",
            "canceltransfer",
            "atxferabort",
            "changemonitor",
            "command",
            "confbridgekick",
            "confbridgelock",
            "confbridgemute",
            "confbridgestartrecord",
            "confbridgestoprecord",
            "confbridgeunlock",
            "confbridgeunmute",
            "createconfig",
            "dbdel",
            "dbdeltree",
            "dbput",
            "filter",
            "getconfig",
            "getconfigjson",
            "getvar",
            "hangup",
            "localoptimizeaway",
            "loggerrotate",
            "meetmemute",
            "meetmeunmute",
            "messagesend",
            "mixmonitor",
            "mixmonitormute",
            "moduleload",
            "monitor",
            "muteaudio",
            "originate",
            "park",
            "pausemonitor",
            "pjsipnotify",
            "pjsipqualify",
            "pjsipregister",
            "pjsipunregister",
            "playdtmf",
            "playmf",
            "queueadd",
            "queuechangeprioritycaller",
            "queuelog",
            "queuememberringinuse",
            "queuepause",
            "queuepenalty",
            "queuereload",
            "queueremove",
            "queuereset",
            "queuerule",
            "redirect",
            "reload",
            "sendtext",
            "setvar",
            "sipnotify",
            "sipqualifypeer",
            "stopmixmonitor",
            "stopmonitor",
            "unpausemonitor",
            "updateconfig",
            "userevent",
            "blindtransfer");

    private final NativeService.Client client;
    private final Supplier<AmiFace> faces;
    private final String challenge;
    private final AmiActionReader reader = new AmiActionReader();
    private long metNs;
    /** Null until it is greeted. */
    private AmiFace face;

    private Phase phase = Phase.STRANGER;
    private boolean challenged;
    private AmiEventMask mask = AmiEventMask.of("");
    private AmiAction loggingIn;
    private AmiAction asking;
    private long askedNs;

    /** @param faces as what to greet; without a banner while the ACD has not greeted us */
    AmiServedSession(NativeService.Client client, Supplier<AmiFace> faces, String challenge) {
        this.client = client;
        this.faces = faces;
        this.challenge = challenge;
    }

    @Override
    public void begin() {
        metNs = client.nowNs();
        greet();
    }

    /** As the ACD does, if it does so in time: a client keeps for its whole connection what it is greeted with. */
    private void greet() {
        final AmiFace known = faces.get();
        if (!known.banner().isEmpty() || client.nowNs() - metNs > GREETING_NS) {
            face = known.banner().isEmpty() ? new AmiFace(USUAL_BANNER, known.bootedAtNs()) : known;
            client.say(AmiMessage.latin(face.banner() + "\r\n"));
        }
    }

    @Override
    public void heard(byte[] bytes, int offset, int length) {
        reader.add(bytes, offset, length);
        work();
    }

    @Override
    public boolean listens() {
        return face != null && asking == null && phase != Phase.SEATING;
    }

    @Override
    public void goOn() {
        if (face == null) {
            greet();
        }
        if (asking != null && client.nowNs() - askedNs > PATIENCE_NS) {
            answered(asking, null);
        }
        work();
    }

    private void work() {
        while (phase != Phase.OVER && listens() && client.takesMore()) {
            final AmiAction next = reader.next();
            if (next == null) {
                if (!reader.wrong().isEmpty()) {
                    phase = Phase.OVER;
                    client.bad(reader.wrong());
                }
                return;
            }
            if (phase == Phase.STRANGER) {
                beforeLogin(next);
            } else {
                inSession(next);
            }
        }
    }

    private void beforeLogin(AmiAction asked) {
        switch (asked.action().toLowerCase(Locale.ROOT)) {
            case "challenge" -> challenge(asked);
            case "login" -> logIn(asked);
            case "logoff" -> logOff(asked);
            default -> client.say(AmiAnswer.error(asked, DENIED));
        }
    }

    private void challenge(AmiAction asked) {
        if (asked.get("authtype").equalsIgnoreCase("MD5")) {
            challenged = true;
            client.say(AmiAnswer.response("Success", asked)
                    .add("Challenge", challenge)
                    .end()
                    .bytes());
        } else {
            client.say(AmiAnswer.error(asked, "Must specify AuthType"));
        }
    }

    private void logIn(AmiAction asked) {
        final String user = asked.get("username");
        final String secret = client.secret(user);
        final boolean md5 = asked.get("authtype").equalsIgnoreCase("MD5");
        final boolean proved = md5
                ? challenged
                        & same(
                                AmiMessage.key(challenge, secret),
                                asked.get("key").toLowerCase(Locale.ROOT))
                : same(secret, asked.get("secret"));
        if (proved) {
            phase = Phase.SEATING;
            loggingIn = asked;
            mask = AmiEventMask.of(asked.get("events"));
            client.logIn(user);
        } else {
            phase = Phase.OVER;
            client.refuse("user or secret is wrong", AmiAnswer.error(asked, "Authentication failed"));
        }
    }

    private static boolean same(String ours, String theirs) {
        return MessageDigest.isEqual(AmiMessage.latin(ours), AmiMessage.latin(theirs));
    }

    @Override
    public void welcome() {
        phase = Phase.SEATED;
        client.say(AmiAnswer.response("Success", loggingIn)
                .add("Message", "Authentication accepted")
                .end()
                .bytes());
        loggingIn = null;
        if (mask.wants("system")) {
            final AmiAnswer greeting = new AmiAnswer().event("FullyBooted", "").add("Privilege", "system,all");
            final long uptimeS = face.uptimeS(client.utcNs());
            if (uptimeS >= 0) {
                greeting.add("Uptime", uptimeS).add("LastReload", uptimeS);
            }
            client.say(greeting.add("Status", "Fully Booted").end().bytes());
        }
    }

    @Override
    public boolean wants(byte[] frame, int offset, int length) {
        return mask.wants(frame, offset, length);
    }

    private void inSession(AmiAction asked) {
        final String word = asked.action().toLowerCase(Locale.ROOT);
        final AmiList list = AmiList.of(word);
        if (list != null) {
            ask(asked, list);
            return;
        }
        switch (word) {
            case "ping" -> pong(asked);
            case "events" -> events(asked);
            case "logoff" -> logOff(asked);
            case "login" ->
                client.say(
                        success(asked).add("Message", "Already logged in").end().bytes());
            case "challenge" -> challenge(asked);
            case "coresettings" ->
                client.say(face.settings(success(asked)).end().bytes());
            case "listcommands" -> client.say(commands(success(asked)).end().bytes());
            default -> deny(asked, word);
        }
    }

    private static AmiAnswer success(AmiAction asked) {
        return AmiAnswer.response("Success", asked);
    }

    private void pong(AmiAction asked) {
        final long utcUs = client.utcNs() / 1_000;
        client.say(success(asked)
                .add("Ping", "Pong")
                .add("Timestamp", String.format(Locale.ROOT, "%d.%06d", utcUs / 1_000_000, utcUs % 1_000_000))
                .end()
                .bytes());
    }

    private void events(AmiAction asked) {
        mask = AmiEventMask.of(asked.get("eventmask"));
        client.say(success(asked).add("Events", mask.any() ? "On" : "Off").end().bytes());
    }

    private void logOff(AmiAction asked) {
        phase = Phase.OVER;
        client.leave(AmiAnswer.response("Goodbye", asked)
                .add("Message", "Thanks for all the fish.")
                .end()
                .bytes());
    }

    private void deny(AmiAction asked, String word) {
        client.denied(word.isEmpty() ? "an action without a name" : readable(asked.action()));
        client.say(AmiAnswer.error(
                asked,
                word.isEmpty()
                        ? "Missing action in request"
                        : WRITES.contains(word)
                                ? DENIED
                                : "Invalid/unknown command: " + readable(asked.action())
                                        + ". Use Action: ListCommands to show available commands."));
    }

    private static AmiAnswer commands(AmiAnswer answer) {
        for (final AmiList list : AmiList.values()) {
            answer.add(list.action(), list.about() + "  (Priv: reporting,all)");
        }
        return answer.add("CoreSettings", "Show PBX core settings (version etc).  (Priv: system,reporting,all)")
                .add("Events", "Control Event Flow.  (Priv: <none>)")
                .add("ListCommands", "List available manager commands.  (Priv: <none>)")
                .add("Login", "Login Manager.  (Priv: <none>)")
                .add("Challenge", "Generate Challenge for MD5 Auth.  (Priv: <none>)")
                .add("Logoff", "Logoff Manager.  (Priv: <none>)")
                .add("Ping", "Keepalive command.  (Priv: <none>)");
    }

    private void ask(AmiAction asked, AmiList list) {
        asking = asked;
        askedNs = client.nowNs();
        client.ask(table -> list.answer(table, asked, face, client.acdNs()), answer -> {
            if (asking == asked) {
                answered(asked, answer);
            }
        });
    }

    private void answered(AmiAction asked, byte[] answer) {
        asking = null;
        client.say(answer == null ? AmiAnswer.error(asked, "Not known just now") : answer);
    }

    /** What a client says goes to operators: nothing in it may steer their terminals, and not too much of it. */
    private static String readable(String text) {
        final String one = text.replaceAll("[^\\x20-\\x7e]", "?");
        return one.length() <= LONGEST_WORD ? one : one.substring(0, LONGEST_WORD) + "...";
    }
}
