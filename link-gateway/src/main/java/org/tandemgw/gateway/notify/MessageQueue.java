package org.tandemgw.gateway.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The messages that one target has not taken yet, the oldest first; survives the end of the process. At most {@value #MOST} wait: then the oldest is dropped for
 * each new one, counted, and the next message says how many. Where the file cannot be written, messages wait in memory. Any thread.
 */
final class MessageQueue implements AutoCloseable {
    /** More do not wait: about four hours of a storm, as a plan tells it. */
    static final int MOST = QueueFile.SLOTS - 1; // the slot that is written is nobody's

    private static final Logger LOG = LoggerFactory.getLogger(MessageQueue.class);

    /**
     * What is to be sent next.
     *
     * @param dropped messages before it that were never sent, and that no other one has told of
     */
    record Due(Message message, long dropped) {}

    private final Path path;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private QueueFile file;
    private QueueFile.Head head = new QueueFile.Head(0, 1, 0, 0);
    private long next = 1;
    private boolean failing;

    /** Takes up where the last run ended. */
    MessageQueue(Path path) {
        this.path = path;
        try {
            file = new QueueFile(path);
            takeUp();
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Whatever cannot be read between the oldest and the newest one counts as dropped. */
    private void takeUp() throws IOException {
        final QueueFile.Head found = file.head();
        head = found == null ? head : found;
        next = Math.max(head.first(), file.newest() + 1);
        long unread = 0;
        for (long number = Math.max(head.first(), next - MOST); number < next; number++) {
            final Message message = read(number);
            if (message == null) {
                unread++;
            } else {
                waiting.add(message);
            }
        }
        unread += Math.max(0, next - MOST - head.first());
        if (unread > 0) {
            moved(head.dropped() + unread, head.unsaid() + unread);
        }
    }

    private Message read(long number) throws IOException {
        final String text = file.message(number);
        try {
            return text == null ? null : JsonRecords.read(text, Message.class);
        } catch (JsonFormatException e) {
            return null; // of a version that knows another form
        }
    }

    /** Appends the message that is made of its number. */
    synchronized void append(LongFunction<Message> made) {
        final Message message = made.apply(next);
        String text = JsonRecords.write(message);
        if (!QueueFile.fits(text)) {
            text = JsonRecords.write(new Message(next, message.kind(), message.at(), "too long to be kept", null));
        }
        next++;
        waiting.add(message);
        write(message.number(), text);
        if (waiting.size() > MOST) {
            waiting.remove();
            moved(head.dropped() + 1, head.unsaid() + 1);
        }
        notifyAll();
    }

    /** Waits for a message, and for nothing else. */
    synchronized Due awaitDue() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return new Due(waiting.peek(), head.unsaid());
    }

    /** The target has it. If it was dropped meanwhile, it was not lost. */
    synchronized void taken(Due due) {
        final boolean droppedMeanwhile = due.message().number() < head.first();
        if (!droppedMeanwhile) {
            waiting.remove();
        }
        final long not = droppedMeanwhile ? 1 : 0;
        moved(head.dropped() - not, head.unsaid() - due.dropped() - not);
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** How many were never sent, over all runs. */
    synchronized long dropped() {
        return head.dropped();
    }

    /** The number of the newest one; 0: there was none. */
    synchronized long lastNumber() {
        return next - 1;
    }

    private void moved(long dropped, long unsaid) {
        final long first = waiting.isEmpty() ? next : waiting.peek().number();
        head = new QueueFile.Head(head.serial() + 1, first, dropped, unsaid);
        try {
            if (file != null) {
                file.write(head);
                failing = false;
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void write(long number, String text) {
        try {
            if (file == null) {
                file = new QueueFile(path);
            }
            file.write(number, text);
            failing = false;
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        if (!failing) {
            LOG.warn("{} cannot be used ({}): what waits there is lost if Tandem ends", path, e.toString());
        }
        failing = true;
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
