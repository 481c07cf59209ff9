package org.tandemgw.gateway.process;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.freeswitch.esl.client.IEslEventListener;
import org.freeswitch.esl.client.inbound.Client;
import org.freeswitch.esl.client.transport.event.EslEvent;

/** Somebody else's client of a FreeSWITCH, org.freeswitch.esl.client as it is, which writes down the numbers of the events that it is told. */
final class EslClient implements IEslEventListener, AutoCloseable {
    /** It tells of each message; held, so that what is set stays set. */
    private static final Logger THEIRS = Logger.getLogger("org.freeswitch");

    private final Client client = new Client();
    private final List<String> numbers = new ArrayList<>();
    private final List<String> jobs = new ArrayList<>();

    EslClient(int port, String password) throws Exception {
        THEIRS.setLevel(Level.WARNING);
        client.addEventListener(this);
        client.connect("127.0.0.1", port, password, 60);
    }

    Client client() {
        return client;
    }

    @Override
    public synchronized void eventReceived(EslEvent event) {
        numbers.add(event.getEventHeaders().get("Event-Sequence") + " " + event.getEventName() + " "
                + event.getEventHeaders().get("Caller-Caller-ID-Number"));
    }

    @Override
    public synchronized void backgroundJobResultReceived(EslEvent event) {
        jobs.add(event.getEventHeaders().get("Job-UUID") + " " + String.join("/", event.getEventBodyLines()));
    }

    synchronized List<String> numbers() {
        return List.copyOf(numbers);
    }

    synchronized int count() {
        return numbers.size();
    }

    synchronized List<String> jobs() {
        return List.copyOf(jobs);
    }

    @Override
    public void close() {
        if (client.canSend()) {
            client.close();
        }
    }
}
