package org.tandemgw.gateway.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.tandemgw.gateway.InstanceLock;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.control.Answer;
import org.tandemgw.gateway.control.ControlClient;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.status.GatewayStatus;

/** The appliance that runs on a configuration, as verbs ask it. What keeps it from answering becomes a {@link Refusal}. */
final class RunningSite {
    private static final long LIMIT_MS = 10_000;

    private final Path config;
    private final Path socket;
    private final ControlClient client;
    private boolean silent;

    RunningSite(Path config) {
        this.config = config;
        socket = SiteFolder.socket(config);
        client = new ControlClient(socket, LIMIT_MS);
    }

    /** As the appliance wrote it. */
    String get(String path) {
        try {
            final ControlClient.Reply reply = client.get(path);
            if (reply.status() != 200) {
                final Answer answer = JsonRecords.read(reply.json(), Answer.class);
                throw Refusal.no(answer.message(), answer.remedy());
            }
            return reply.json();
        } catch (IOException e) {
            throw unreachable(e);
        } catch (JsonFormatException e) {
            throw otherVersion(e);
        }
    }

    GatewayStatus status() {
        return parsed(GatewayStatus.class, get("/v1/status"));
    }

    List<Alarm> alarms(String path) {
        return records(Alarm.class, path);
    }

    /** What a GET answers, as a record. */
    <T extends Record> T record(Class<T> type, String path) {
        return parsed(type, get(path));
    }

    /** What a GET answers, as a list of records. */
    <T extends Record> List<T> records(Class<T> type, String path) {
        try {
            return JsonRecords.readList(get(path), type);
        } catch (JsonFormatException e) {
            throw otherVersion(e);
        }
    }

    Answer act(String path, String reason) {
        return act(Answer.class, path, reason);
    }

    /** Acts; what was done or refused, as a record. */
    <T extends Record> T act(Class<T> type, String path, String reason) {
        try {
            return client.post(type, path, System.getProperty("user.name"), reason);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (JsonFormatException e) {
            throw otherVersion(e);
        }
    }

    /**
     * The same for what must not be taken for undone when the connection breaks.
     *
     * @param broken what is said if it may have been heard
     */
    <T extends Record> T act(Class<T> type, String path, String reason, Refusal broken) {
        final boolean there = Files.isWritable(socket);
        try {
            return client.post(type, path, System.getProperty("user.name"), reason);
        } catch (IOException e) {
            throw !there || e instanceof ConnectException ? unreachable(e) : broken;
        } catch (JsonFormatException e) {
            throw broken; // half an answer
        }
    }

    private <T extends Record> T parsed(Class<T> type, String json) {
        try {
            return JsonRecords.read(json, type);
        } catch (JsonFormatException e) {
            throw otherVersion(e);
        }
    }

    private Refusal unreachable(IOException e) {
        if (!Files.exists(socket)) {
            return Files.isExecutable(socket.getParent())
                    ? Refusal.no("Tandem is not running: there is no " + socket, "tandem run " + config)
                    : Refusal.no(
                            Files.exists(socket.getParent())
                                    ? "you may not look into " + socket.getParent()
                                    : "Tandem is not running: there is no folder " + socket.getParent(),
                            null);
        }
        if (!Files.isWritable(socket)) {
            return Refusal.no("you may not use " + socket, "be a member of the group that owns it");
        }
        if (e instanceof ConnectException) {
            return Refusal.no("Tandem is not running: nobody answers at " + socket, "tandem run " + config);
        }
        silent = true;
        return Refusal.no(
                "Tandem does not answer at " + socket + ": " + e.getMessage(),
                "its process" + process()
                        + " is stopped, or waits for something such as a disk: look at it and at its log;"
                        + " if it does not come back, end it and start it again");
    }

    /** Whether somebody was there and did not answer. */
    boolean silent() {
        return silent;
    }

    /** As it has noted it itself. */
    private String process() {
        try {
            final String noted = Files.readString(socket.resolveSibling(InstanceLock.NAME));
            return noted.matches("\\d{1,10}") ? " " + noted : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static Refusal otherVersion(JsonFormatException e) {
        return Refusal.no(
                "the answer of the running Tandem cannot be understood: " + e.getMessage(),
                "use the tandem command of the version that runs");
    }
}
